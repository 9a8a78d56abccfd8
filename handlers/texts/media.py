"""Messages that are not text: one sentence each, with what to do instead."""

SENTENCES: tuple[tuple[str, str], ...] = (
    ("forward_origin", "转发的消息我不读，以免误会。请把问题打成一句话发给我。"),
    ("voice", "语音我听不了，请打字提问。"),
    ("audio", "音频我听不了，请打字提问。"),
    ("video_note", "视频消息我看不了，请打字提问。"),
    ("video", "视频我看不了，请打字提问。"),
    ("animation", "动图我看不了，请打字提问。"),
    ("sticker", "表情我看不懂，请打字提问，例如：市交通局负责哪些任务"),
    ("photo", "图片我看不了，请把要问的打成字。"),
    ("document", "文件我还不能收，请把要问的打成字。"),
    ("venue", "我不收位置。要问某个镇或街道的任务，请打它的名字，例如：梅川镇有哪些任务"),
    ("location", "我不收位置。要问某个镇或街道的任务，请打它的名字，例如：梅川镇有哪些任务"),
    ("contact", "我不收联系人名片，也不会保存。请打字提问。"),
    ("poll", "投票我参加不了，请打字提问。"),
    ("dice", "请打字提问，例如：市交通局负责哪些任务"),
    ("story", "动态我看不了，请打字提问。"),
)
"""(field of the message, sentence), the first that applies."""
