from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class MatterStepped(_message.Message):
    __slots__ = ("matter_id", "bureau_id", "step", "version")
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    matter_id: str
    bureau_id: str
    step: str
    version: int
    def __init__(self, matter_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., step: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...
