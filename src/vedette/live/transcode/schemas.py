"""What runs, and what could, as the API tells it."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from vedette.http.instants import InstantOut
from vedette.live.transcode.job import Job
from vedette.media.transcode.encoders import Encoder
from vedette.media.transcode.rungs import Rung


class EncoderOut(BaseModel):
    """An encoder, tried with a small picture."""

    name: str = Field(description="libav's name, for the setting `transcode_encoder`.")
    label: str
    hardware: bool
    works: bool
    why: str = Field(description="Why it does not work here; empty where it does.")
    in_use: int = Field(description="Transcodes that use it now.")

    @classmethod
    def of(cls, encoder: Encoder, why: str | None, in_use: int) -> "EncoderOut":
        return cls(
            name=encoder.name,
            label=encoder.label,
            hardware=encoder.hardware,
            works=why is None,
            why=why or "",
            in_use=in_use,
        )


class TranscodeOut(BaseModel):
    """A conversion that runs because somebody watches it."""

    camera_id: UUID
    camera: str
    stream: str
    quality: Rung
    viewers: int
    since: InstantOut
    encoder: str | None = Field(description="None: the video is passed on as it is, or nothing came out of it yet.")
    width: int | None
    height: int | None
    codecs: str
    fps: float
    bitrate: int
    latency_ms: float = Field(description="What converting adds to the age of a picture, on average.")
    cpu: float = Field(description="Percent of one core.")
    skipped: int = Field(description="Pictures left out because the machine did not keep up.")
    damaged: int = Field(description="Pictures of the camera that could not be decoded.")
    restarts: int
    failure: str = Field(description="What is wrong now; empty when all is well.")

    @classmethod
    def of(cls, job: Job, viewers: int) -> "TranscodeOut":
        numbers = job.numbers
        return cls(
            camera_id=job.ref.camera_id,
            camera=job.ref.camera_name,
            stream=job.ref.kind,
            quality=job.rung,
            viewers=viewers,
            since=job.since_ms,
            encoder=job.encoder,
            width=job.size[0] if job.size else None,
            height=job.size[1] if job.size else None,
            codecs=job.codecs,
            fps=numbers.fps,
            bitrate=numbers.bitrate,
            latency_ms=numbers.latency_ms,
            cpu=numbers.cpu,
            skipped=numbers.skipped,
            damaged=numbers.damaged,
            restarts=job.restarts,
            failure=job.failure,
        )


class EncodersOut(BaseModel):
    """What this server converts with."""

    limit: int = Field(description="Transcodes at once at most; 0: conversion is switched off.")
    running: int
    max_height: int
    encoders: list[EncoderOut]
    transcodes: list[TranscodeOut] = Field(description="Those of cameras that the caller may see.")


class RenditionOut(BaseModel):
    """A quality that a stream can be had in."""

    quality: Rung
    width: int
    height: int
    bitrate: int = Field(description="Bits per second at most, with the sound.")
    running: bool = Field(description="Somebody watches it already: it costs nothing more.")


class QualitiesOut(BaseModel):
    """The qualities of one stream. `renditions` is empty where conversion is switched off, or the size of the
    stream's picture is not known yet."""

    stream: Literal["main", "sub"]
    width: int | None
    height: int | None
    codec: str | None
    spare: bool = Field(description="Whether one more transcode could begin now.")
    renditions: list[RenditionOut]
