"""What the tests of scans need besides the locked packages."""

import pytest

NEEDED = {
    "cv2": "scans need OpenCV: pip install 'govtables[ocr]'",
    "onnxruntime": "scans need onnxruntime: pip install 'govtables[ocr]'",
    "rapidocr": "scans need rapidocr: pip install 'govtables[ocr]'",
    "pylopdf_fonts_zh_cn": "pictures are drawn with a packaged font: pip install 'govtables[notebooks]'",
}


def skip_without_extra() -> None:
    """Skip the module that calls this where a library is missing; call it before `drawing` is imported."""
    for library, reason in NEEDED.items():
        pytest.importorskip(library, reason=reason)
