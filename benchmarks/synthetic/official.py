"""The official form, both generations, written down independently of the package.

In: nothing. Out: its labels and codes, in printed order. Next: `figures`, `tables`.
"""

from __future__ import annotations

GENERATIONS = ("2021", "2019")
ARTICLE = "第二十条第({})项"
ITEM = "信息内容"
DECISIONS = (("本年处理决定数量", "decisions"),)
ITEMS = (("上一年项目数量", "previous_items"), ("本年增/减", "change"))
DISCLOSURE = {
    "2021": (
        (
            "一", (("本年制发件数", "issued"), ("本年废止件数", "repealed"), ("现行有效件数", "in_force")),
            (("regulation", "规章"), ("normative_document", "行政规范性文件")),
        ),
        ("五", DECISIONS, (("licence", "行政许可"),)),
        ("六", DECISIONS, (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        ("八", (("本年收费金额(单位:万元)", "amount"),), (("fee", "行政事业性收费"),)),
    ),
    "2019": (
        (
            "一", (("本年新制作数量", "made"), ("本年新公开数量", "published"), ("对外公开总数量", "total_public")),
            (("regulation", "规章"), ("normative_document", "规范性文件")),
        ),
        (
            "五", (*ITEMS, ("处理决定数量", "decisions")), (("licence", "行政许可"), ("other_service", "其他对外管理服务事项")),
        ),
        ("六", (*ITEMS, ("处理决定数量", "decisions")), (("penalty", "行政处罚"), ("coercion", "行政强制"))),
        ("八", ITEMS, (("fee", "行政事业性收费"),)),
        ("九", (("采购项目数量", "projects"), ("采购总金额", "amount")), (("procurement", "政府集中采购"),)),
    ),
}
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
APPLICANTS = (
    ("natural_person", "自然人"), ("commercial_enterprise", "商业企业"), ("research_institution", "科研机构"),
    ("public_interest_organization", "社会公益组织"), ("legal_service_institution", "法律服务机构"),
    ("other_organization", "其他"),
)
FLOW_IN = (("received", "一、本年新收政府信息公开申请数量"), ("carried_in", "二、上年结转政府信息公开申请数量"))
OUTCOME = "三、本年度办理结果"
GRANTS = (("granted", "(一)予以公开"), ("partially_granted", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"))
REFUSALS = (
    (
        "denied",
        "(三)不予公开",
        (
            ("state_secret", "1.属于国家秘密"), ("prohibited_by_law", "2.其他法律行政法规禁止公开"),
            ("security_and_stability", "3.危及“三安全一稳定”"), ("third_party_rights", "4.保护第三方合法权益"),
            ("internal_affairs", "5.属于三类内部事务信息"), ("process_information", "6.属于四类过程性信息"),
            ("enforcement_case_file", "7.属于行政执法案卷"), ("administrative_inquiry", "8.属于行政查询事项"),
        ),
    ),
    (
        "unavailable",
        "(四)无法提供",
        (
            ("not_held", "1.本机关不掌握相关政府信息"), ("needs_creation", "2.没有现成信息需要另行制作"),
            ("unclear_after_correction", "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "not_processed",
        "(五)不予处理",
        (
            ("petition_or_complaint", "1.信访举报投诉类申请"), ("repeat_request", "2.重复申请"),
            ("publication", "3.要求提供公开出版物"), ("excessive_requests", "4.无正当理由大量反复申请"),
            ("confirm_or_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
OTHER_HANDLING = (
    "other",
    "(六)其他处理",
    (
        ("not_corrected_in_time", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"), ("other", "3.其他"),
    ),
)
GROUPS = {"2021": (*REFUSALS, OTHER_HANDLING), "2019": REFUSALS}
AFTER_GROUPS = {"2021": (), "2019": (("other", "(六)其他处理"),)}
CONCLUDED = ("concluded", "(七)总计")
CARRIED_OVER = ("carried_over", "四、结转下年度继续办理")
TOTAL = ("total", "总计")
SUITS = (("litigation_direct", "未经复议直接起诉"), ("litigation_after_review", "复议后起诉"))
RESULTS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), TOTAL)


def outcome_rows(generation: str) -> list[str]:
    """Return the codes of the rows that the outcome total adds up."""
    grouped = [f"{group}.{row}" for group, _, rows in GROUPS[generation] for row, _ in rows]
    return [row for row, _ in GRANTS] + grouped + [row for row, _ in AFTER_GROUPS[generation]]
