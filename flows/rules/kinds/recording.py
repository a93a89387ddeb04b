"""Recording: sound and picture, at the door or inside; required, free, by consent, or forbidden."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flows.rules.finding import ALLOWED, Finding
from flows.rules.kinds.consented import by_consent, consented
from flows.rules.kinds.reading import Fault, mapping, member
from flows.rules.question import Question


class May(StrEnum):
    """What a rule says about one medium."""

    REQUIRED = "required"
    ALLOWED = "allowed"
    NEEDS_CONSENT = "needs_consent"
    FORBIDDEN = "forbidden"


class Where(StrEnum):
    """Where it speaks of."""

    ANYWHERE = "anywhere"
    DOOR = "door"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Media:
    """Sound and picture, and where the rule speaks of them."""

    audio: May
    video: May
    where: Where


def read(value: Any) -> Media:
    """Read `{audio: required, video: needs_consent, where: inside}`. Raises Fault."""
    given = mapping(value, (), ("audio", "video", "where"))
    media = Media(
        audio=member(given, "audio", May, May.ALLOWED),
        video=member(given, "video", May, May.ALLOWED),
        where=member(given, "where", Where, Where.ANYWHERE),
    )
    if {media.audio, media.video} == {May.ALLOWED}:
        raise Fault("this says nothing: write what holds for audio or video")
    return media


def judge(value: Media, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Judge what is stated about the recording; nothing stated, nothing judged."""
    stated = question.action.recording
    if stated is None or value.where is (Where.DOOR if stated.inside else Where.INSIDE):
        return ALLOWED

    def allowed(at: datetime) -> bool:
        pairs = (
            (value.audio, stated.audio, "recording_audio"),
            (value.video, stated.video, "recording_video"),
        )
        return all(_fits(may, runs=runs, agreed=consented(question.facts, to, at)) for may, runs, to in pairs)

    return by_consent(question, allowed)


def contradict(one: Media, other: Media) -> bool:
    """Does one require what the other forbids, at the same place?"""
    if one.where is not other.where and Where.ANYWHERE not in (one.where, other.where):
        return False
    return any(
        {mine, theirs} == {May.REQUIRED, May.FORBIDDEN}
        for mine, theirs in ((one.audio, other.audio), (one.video, other.video))
    )


def _fits(may: May, *, runs: bool, agreed: bool) -> bool:
    return {
        May.REQUIRED: runs,
        May.ALLOWED: True,
        May.NEEDS_CONSENT: not runs or agreed,
        May.FORBIDDEN: not runs,
    }[may]
