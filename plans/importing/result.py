"""What an import yields: the plan, and every place where a person should look again."""

from dataclasses import asdict, dataclass
from typing import Any

from plans.content import PlanContent, from_storage, to_storage


class NotAPlan(Exception):
    """The file cannot be read as a plan. The message is one clear Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True)
class Doubt:
    """One place to look at again.

    `code` names the kind of doubt, `where` the place in the file ("Bảng 1, dòng 4"; empty for the whole file),
    `message` is a Vietnamese sentence and `text` the words in question.
    """

    code: str
    where: str
    message: str
    text: str = ""


@dataclass(frozen=True)
class ImportedPlan:
    """A plan as read. `section_texts` holds the text of each section exactly as the file shows it."""

    content: PlanContent
    doubts: tuple[Doubt, ...] = ()
    section_texts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The published form with its doubts; section texts are those of the file, to the letter."""
        data = self.content.to_json()
        for section, text in zip(data["sections"], self.section_texts, strict=False):
            section["text"] = text
        data["doubts"] = [asdict(doubt) for doubt in self.doubts]
        return data

    def to_storage(self) -> dict[str, Any]:
        """All of it as JSON can hold it; see `from_storage`."""
        return {
            "content": to_storage(self.content),
            "doubts": [asdict(doubt) for doubt in self.doubts],
            "section_texts": list(self.section_texts),
        }

    @classmethod
    def from_storage(cls, data: dict[str, Any]) -> "ImportedPlan":
        """What `to_storage` wrote."""
        return cls(
            content=from_storage(data["content"]),
            doubts=tuple(Doubt(**doubt) for doubt in data["doubts"]),
            section_texts=tuple(data["section_texts"]),
        )
