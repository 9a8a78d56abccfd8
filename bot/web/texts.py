"""What only those who write over the page are told."""

UNREAD_FILE = "文件我还不能收，请把要问的打成字。"
