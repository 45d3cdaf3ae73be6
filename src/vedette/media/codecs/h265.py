"""H.265 sequence parameter sets (ITU-T H.265, sections 7.3.2.2, 7.3.3 and annex E)."""

from dataclasses import dataclass

from vedette.media.codecs.bits import BitReader, unescape
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.vui import Colour, frame_rate, read_aspect_ratio, read_signal_type

NAL_VPS = 32
NAL_SPS = 33
NAL_PPS = 34

PROFILE_NAMES = {1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Range Extensions"}

# Level 6.2 has MaxLumaPs 35 651 584, at most sqrt(8 x that) on one side (section A.4.1); 8.5 is unbounded.
MAX_SIDE = 16_888
MAX_LUMA_SAMPLES = 35_651_584


@dataclass(frozen=True, slots=True)
class H265Sps:
    """What Vedette needs of an SPS; the `general_` fields are those that `hvcC` and the codec string repeat.

    `width` and `height` are in luma samples inside the conformance window. `constraint_flags` are the 48 bits after
    the compatibility flags. `reorder_depth` is sps_max_num_reorder_pics of the highest layer, always exact.
    """

    profile_space: int
    tier: int
    profile: int
    compatibility_flags: int
    constraint_flags: int
    level: int
    temporal_layers: int
    temporal_nested: bool
    width: int
    height: int
    chroma_format: int
    bit_depth_luma: int
    bit_depth_chroma: int
    sar: tuple[int, int]
    fps: float | None
    colour: Colour | None
    reorder_depth: int
    reorder_told: bool = True

    @property
    def profile_name(self) -> str:
        """As people know it: `Main`, `Main 10`."""
        return PROFILE_NAMES.get(self.profile, f"profile {self.profile}")


def parse_h265_sps(nal: bytes) -> H265Sps:
    """Parses one SPS NAL unit (with its two-byte header, without start code or length). Raises `BadMedia`."""
    if len(nal) < 3 or nal[0] >> 1 & 63 != NAL_SPS:
        raise BadMedia("not an H.265 SPS")
    r = BitReader(unescape(nal)[2:])
    r.skip(4)  # sps_video_parameter_set_id
    sub_layers = r.u(3)
    if sub_layers > 6:
        raise BadMedia("H.265 SPS has more than 7 temporal layers")
    nested = r.flag()
    space, tier, profile = r.u(2), r.u(1), r.u(5)
    compatibility, constraints, level = r.u(32), r.u(48), r.u(8)
    _skip_sub_layer_levels(r, sub_layers)
    r.bounded_ue(15, "sps_seq_parameter_set_id")
    chroma_format = r.bounded_ue(3, "chroma_format_idc")
    separate_planes = chroma_format == 3 and r.flag()
    width, height = _read_size(r, 0 if separate_planes else chroma_format)
    depth_luma = 8 + r.bounded_ue(8, "bit_depth_luma_minus8")
    depth_chroma = 8 + r.bounded_ue(8, "bit_depth_chroma_minus8")
    poc_bits = 4 + r.bounded_ue(12, "log2_max_pic_order_cnt_lsb_minus4")
    reorder = 0
    for _ in range(1 if not r.flag() else sub_layers + 1):
        r.ue()  # sps_max_dec_pic_buffering_minus1
        reorder = r.bounded_ue(15, "sps_max_num_reorder_pics")
        r.ue()  # sps_max_latency_increase_plus1
    sar, fps, colour = _read_vui(r, poc_bits, sub_layers)
    return H265Sps(
        profile_space=space,
        tier=tier,
        profile=profile,
        compatibility_flags=compatibility,
        constraint_flags=constraints,
        level=level,
        temporal_layers=sub_layers + 1,
        temporal_nested=nested,
        width=width,
        height=height,
        chroma_format=chroma_format,
        bit_depth_luma=depth_luma,
        bit_depth_chroma=depth_chroma,
        sar=sar,
        fps=fps,
        colour=colour,
        reorder_depth=reorder,
    )


def _skip_sub_layer_levels(r: BitReader, sub_layers: int) -> None:
    present = [(r.flag(), r.flag()) for _ in range(sub_layers)]
    if sub_layers:
        r.skip(2 * (8 - sub_layers))
    for profile, level in present:
        r.skip(88 * profile + 8 * level)


def _read_size(r: BitReader, chroma_array_type: int) -> tuple[int, int]:
    width = r.bounded_ue(MAX_SIDE, "pic_width_in_luma_samples")
    height = r.bounded_ue(MAX_SIDE, "pic_height_in_luma_samples")
    if width * height > MAX_LUMA_SAMPLES:
        raise BadMedia(f"H.265 picture of {width}x{height} is larger than any level allows")
    if r.flag():
        left, right, top, bottom = (r.ue() for _ in range(4))
        width -= (left + right) * (2 if chroma_array_type in (1, 2) else 1)
        height -= (top + bottom) * (2 if chroma_array_type == 1 else 1)
    if width <= 0 or height <= 0:
        raise BadMedia("H.265 SPS describes an empty picture")
    return width, height


def _read_vui(r: BitReader, poc_bits: int, sub_layers: int) -> tuple[tuple[int, int], float | None, Colour | None]:
    """Everything from the coding block sizes to the timing information: (sample aspect ratio, fps, colour)."""
    for _ in range(6):
        r.ue()  # block and transform sizes and depths
    if r.flag() and r.flag():
        _skip_scaling_lists(r)
    r.skip(2)  # amp_enabled_flag, sample_adaptive_offset_enabled_flag
    if r.flag():  # pcm_enabled_flag
        r.skip(8)
        r.ue()
        r.ue()
        r.skip(1)
    _skip_short_term_sets(r)
    if r.flag():  # long_term_ref_pics_present_flag
        for _ in range(r.bounded_ue(32, "num_long_term_ref_pics_sps")):
            r.skip(poc_bits + 1)
    r.skip(2)  # sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    if not r.flag():
        return (1, 1), None, None
    sar = read_aspect_ratio(r)
    colour = read_signal_type(r)
    r.skip(3)  # neutral chroma, field_seq_flag, frame_field_info_present_flag
    if r.flag():  # default display window: not used, as decoders do not use it either
        for _ in range(4):
            r.ue()
    fps = None
    if r.flag():
        units, scale = r.u(32), r.u(32)
        fps = frame_rate(scale, units)
    return sar, fps, colour


def _skip_scaling_lists(r: BitReader) -> None:
    for size_id in range(4):
        for _ in range(0, 6, 3 if size_id == 3 else 1):
            if not r.flag():
                r.ue()  # scaling_list_pred_matrix_id_delta
                continue
            if size_id > 1:
                r.se()  # scaling_list_dc_coef_minus8
            for _ in range(min(64, 1 << (4 + (size_id << 1)))):
                r.se()


def _skip_short_term_sets(r: BitReader) -> None:
    """st_ref_pic_set(), section 7.3.7: the length of a set predicted from the one before depends on that one."""
    previous = 0
    for index in range(r.bounded_ue(64, "num_short_term_ref_pic_sets")):
        if index and r.flag():
            r.skip(1)  # delta_rps_sign
            r.ue()  # abs_delta_rps_minus1
            kept = 0
            for _ in range(previous + 1):
                used = r.flag()
                kept += used or r.flag()
            previous = kept
            continue
        previous = r.bounded_ue(16, "num_negative_pics") + r.bounded_ue(16, "num_positive_pics")
        for _ in range(previous):
            r.ue()
            r.skip(1)
