"""H.264 sequence parameter sets (ITU-T H.264, section 7.3.2.1.1 and annex E)."""

from dataclasses import dataclass

from vedette.media.codecs.bits import BitReader, unescape
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.vui import Colour, frame_rate, read_aspect_ratio, read_signal_type

NAL_SPS = 7

# Profiles whose SPS carries chroma_format_idc and what follows it.
HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
# Profiles that are intra only when constraint_set3_flag is set: nothing to reorder (section E.2.1).
INTRA_PROFILES = frozenset({44, 86, 100, 110, 122, 244})

PROFILE_NAMES = {66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10", 122: "High 4:2:2",
                 244: "High 4:4:4 Predictive", 44: "CAVLC 4:4:4 Intra"}  # fmt: skip

# Table A-1: MaxDpbMbs by level_idc.
MAX_DPB_MBS = {9: 396, 10: 396, 11: 900, 12: 2376, 13: 2376, 20: 2376, 21: 4752, 22: 8100, 30: 8100, 31: 18000,
               32: 20480, 40: 32768, 41: 32768, 42: 34816, 50: 110400, 51: 184320, 52: 184320, 60: 696320,
               61: 696320, 62: 696320}  # fmt: skip

# Level 6.2 allows 139 264 macroblocks in a frame, at most sqrt(8 x that) on one side (section A.3.1).
MAX_MBS_PER_FRAME = 139_264
MAX_MBS_PER_SIDE = 1055


@dataclass(frozen=True, slots=True)
class H264Sps:
    """What Vedette needs of an SPS.

    `width` and `height` are in luma samples after cropping. `constraints` is the byte of constraint flags. `fps` is
    the frame rate that the VUI promises, None without one; cameras are known to lie in it. `reorder_depth` bounds how
    many frames can come earlier in decoding than in display order: 0 says that dts equals pts. It is exact when
    `reorder_told`, else the worst that profile, POC type and level allow.
    """

    profile: int
    constraints: int
    level: int
    width: int
    height: int
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    poc_type: int
    max_ref_frames: int
    interlaced: bool
    sar: tuple[int, int]
    fps: float | None
    colour: Colour | None
    reorder_depth: int
    reorder_told: bool

    @property
    def profile_name(self) -> str:
        """As people know it: `High`, `Constrained Baseline`."""
        name = PROFILE_NAMES.get(self.profile, f"profile {self.profile}")
        return f"Constrained {name}" if self.profile == 66 and self.constraints & 0x40 else name


@dataclass(frozen=True, slots=True)
class _Vui:
    sar: tuple[int, int] = (1, 1)
    fps: float | None = None
    colour: Colour | None = None
    reorder_frames: int | None = None


def parse_h264_sps(nal: bytes) -> H264Sps:
    """Parses one SPS NAL unit (with its one-byte header, without start code or length). Raises `BadMedia`."""
    if not nal or nal[0] & 31 != NAL_SPS:
        raise BadMedia("not an H.264 SPS")
    r = BitReader(unescape(nal)[1:])
    profile, constraints, level = r.u(8), r.u(8), r.u(8)
    r.bounded_ue(31, "seq_parameter_set_id")
    chroma_format, separate_planes, depth_luma, depth_chroma = _read_chroma(r, profile)
    r.bounded_ue(12, "log2_max_frame_num_minus4")
    poc_type = _read_poc(r)
    max_ref_frames = r.bounded_ue(16, "max_num_ref_frames")
    r.skip(1)  # gaps_in_frame_num_value_allowed_flag
    width_mbs = r.bounded_ue(MAX_MBS_PER_SIDE - 1, "pic_width_in_mbs_minus1") + 1
    map_units = r.bounded_ue(MAX_MBS_PER_SIDE - 1, "pic_height_in_map_units_minus1") + 1
    frame_mbs_only = r.flag()
    if not frame_mbs_only:
        r.skip(1)  # mb_adaptive_frame_field_flag
    r.skip(1)  # direct_8x8_inference_flag
    height_mbs = map_units * (1 if frame_mbs_only else 2)
    if width_mbs * height_mbs > MAX_MBS_PER_FRAME:
        raise BadMedia(f"H.264 picture of {width_mbs}x{height_mbs} macroblocks is larger than any level allows")
    crop = tuple(r.ue() for _ in range(4)) if r.flag() else (0, 0, 0, 0)
    sub_width, sub_height = (1, 1) if separate_planes else {0: (1, 1), 1: (2, 2), 2: (2, 1), 3: (1, 1)}[chroma_format]
    width = width_mbs * 16 - (crop[0] + crop[1]) * sub_width
    height = height_mbs * 16 - (crop[2] + crop[3]) * sub_height * (1 if frame_mbs_only else 2)
    if width <= 0 or height <= 0:
        raise BadMedia("H.264 SPS crops the whole picture away")
    vui = _read_vui(r) if r.flag() else _Vui()
    bound = _reorder_bound(profile, constraints, level, poc_type, width_mbs * height_mbs)
    told = vui.reorder_frames is not None
    return H264Sps(
        profile=profile,
        constraints=constraints,
        level=level,
        width=width,
        height=height,
        chroma_format=chroma_format,
        bit_depth_luma=depth_luma,
        bit_depth_chroma=depth_chroma,
        poc_type=poc_type,
        max_ref_frames=max_ref_frames,
        interlaced=not frame_mbs_only,
        sar=vui.sar,
        fps=vui.fps,
        colour=vui.colour,
        reorder_depth=bound if vui.reorder_frames is None else vui.reorder_frames,
        reorder_told=told or bound == 0,
    )


def _read_chroma(r: BitReader, profile: int) -> tuple[int, bool, int, int]:
    if profile not in HIGH_PROFILES:
        return 1, False, 8, 8
    chroma_format = r.bounded_ue(3, "chroma_format_idc")
    separate_planes = chroma_format == 3 and r.flag()
    depth_luma = 8 + r.bounded_ue(6, "bit_depth_luma_minus8")
    depth_chroma = 8 + r.bounded_ue(6, "bit_depth_chroma_minus8")
    r.skip(1)  # qpprime_y_zero_transform_bypass_flag
    if r.flag():
        for index in range(12 if chroma_format == 3 else 8):
            if r.flag():
                _skip_scaling_list(r, 16 if index < 6 else 64)
    return chroma_format, separate_planes, depth_luma, depth_chroma


def _skip_scaling_list(r: BitReader, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + r.se()) % 256
        last = following or last


def _read_poc(r: BitReader) -> int:
    poc_type = r.bounded_ue(2, "pic_order_cnt_type")
    if poc_type == 0:
        r.bounded_ue(12, "log2_max_pic_order_cnt_lsb_minus4")
    elif poc_type == 1:
        r.skip(1)
        r.se()
        r.se()
        for _ in range(r.bounded_ue(255, "num_ref_frames_in_pic_order_cnt_cycle")):
            r.se()
    return poc_type


def _read_vui(r: BitReader) -> _Vui:
    sar = read_aspect_ratio(r)
    colour = read_signal_type(r)
    fps = None
    if r.flag():
        units, scale = r.u(32), r.u(32)
        r.skip(1)  # fixed_frame_rate_flag
        # The VUI counts fields (section E.2.1): a frame lasts two ticks.
        fps = frame_rate(scale, 2 * units)
    hrds = 0
    for _ in range(2):
        if r.flag():
            hrds += 1
            _skip_hrd(r)
    if hrds:
        r.skip(1)  # low_delay_hrd_flag
    r.skip(1)  # pic_struct_present_flag
    reorder_frames = None
    if r.flag():
        r.skip(1)
        for _ in range(4):
            r.ue()
        reorder_frames = r.bounded_ue(16, "max_num_reorder_frames")
    return _Vui(sar, fps, colour, reorder_frames)


def _skip_hrd(r: BitReader) -> None:
    count = r.bounded_ue(31, "cpb_cnt_minus1") + 1
    r.skip(8)
    for _ in range(count):
        r.ue()
        r.ue()
        r.skip(1)
    r.skip(20)


def _reorder_bound(profile: int, constraints: int, level: int, poc_type: int, frame_mbs: int) -> int:
    if poc_type == 2 or profile == 66:  # output order is decoding order; no B slices
        return 0
    if profile in INTRA_PROFILES and constraints & 0x10:
        return 0
    return min(16, MAX_DPB_MBS.get(level, 696_320) // frame_mbs)
