BEGIN TRANSACTION;
CREATE TABLE absences (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	member_id INTEGER NOT NULL, 
	stand_in_id INTEGER NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_absences_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_absences_stand_in_id_members FOREIGN KEY(stand_in_id) REFERENCES members (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0011');
CREATE TABLE aliases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	said VARCHAR NOT NULL, 
	added_by INTEGER, 
	added_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_aliases_added_by_members FOREIGN KEY(added_by) REFERENCES members (id)
);
CREATE TABLE announcements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	audience VARCHAR, 
	state VARCHAR(16) NOT NULL, 
	made_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	sent_on DATE, 
	recalled_at DATETIME, 
	recalled_by INTEGER, 
	CONSTRAINT fk_announcements_made_by_members FOREIGN KEY(made_by) REFERENCES members (id), 
	CONSTRAINT fk_announcements_recalled_by_members FOREIGN KEY(recalled_by) REFERENCES members (id), 
	CONSTRAINT ck_announcements_announcementstate CHECK (state IN ('draft', 'sent', 'recalled', 'dropped'))
);
CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	detail JSON NOT NULL, 
	"before" VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
INSERT INTO "audit" VALUES(1,'2026-11-30 08:20:51.882447','system','seed','member:1','{}','0000000000000000000000000000000000000000000000000000000000000000','e782571e114b32ad5049392476a36c46d3a0e9cc34a4bdfcf64349c00578e6ab');
INSERT INTO "audit" VALUES(2,'2026-11-30 08:20:51.882447','system','seed','member:2','{}','e782571e114b32ad5049392476a36c46d3a0e9cc34a4bdfcf64349c00578e6ab','d98c9df48c263f5c60fc7354eeda98ce9e442680da752bf40196d4a14a0b84d9');
INSERT INTO "audit" VALUES(3,'2026-11-30 08:20:51.882447','system','seed','member:3','{}','d98c9df48c263f5c60fc7354eeda98ce9e442680da752bf40196d4a14a0b84d9','ebd8eec9898b6333b2737838e9836e506cf386137d9e30fb966b4889af1a0294');
INSERT INTO "audit" VALUES(4,'2026-11-30 08:20:51.882447','system','seed','member:4','{}','ebd8eec9898b6333b2737838e9836e506cf386137d9e30fb966b4889af1a0294','b930c56dd2f6cff6fedc343e426ad871b75f1cdfe3bc30ead1792c7abdf16fdb');
INSERT INTO "audit" VALUES(5,'2026-11-30 08:20:51.882447','system','seed','member:5','{}','b930c56dd2f6cff6fedc343e426ad871b75f1cdfe3bc30ead1792c7abdf16fdb','3f5ca3df2090cae47248879a5ea4fdecc059be0d2c854aeb26a1bb124f168aaa');
INSERT INTO "audit" VALUES(6,'2026-11-30 08:20:51.882447','system','seed','member:6','{}','3f5ca3df2090cae47248879a5ea4fdecc059be0d2c854aeb26a1bb124f168aaa','08ffcfbbb0a8c3c731a72bafad3114966edae345f7f4c73f2981cbdc20c2f6a2');
INSERT INTO "audit" VALUES(7,'2026-11-30 08:20:51.882447','system','seed','member:7','{}','08ffcfbbb0a8c3c731a72bafad3114966edae345f7f4c73f2981cbdc20c2f6a2','e9af90d4fa6eab3122554064e282785e012082543314ace248dd6234b28c1aeb');
INSERT INTO "audit" VALUES(8,'2026-11-30 08:20:54.555548','member:2','report','report:1','{"status": "accepted", "corrects": null}','e9af90d4fa6eab3122554064e282785e012082543314ace248dd6234b28c1aeb','049d72d0b8992dab254432d541aa924a7cb699193f5abefa61f3fa0bbe66c7d4');
CREATE TABLE audit_head (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_audit_head PRIMARY KEY (id)
);
INSERT INTO "audit_head" VALUES(1,8,'049d72d0b8992dab254432d541aa924a7cb699193f5abefa61f3fa0bbe66c7d4');
CREATE TABLE bulletins (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	label VARCHAR NOT NULL, 
	as_of DATE NOT NULL, 
	content JSON NOT NULL, 
	title VARCHAR, 
	remark VARCHAR, 
	state VARCHAR(16) NOT NULL, 
	created_at DATETIME NOT NULL, 
	released_at DATETIME, 
	released_by INTEGER, 
	CONSTRAINT fk_bulletins_released_by_members FOREIGN KEY(released_by) REFERENCES members (id), 
	CONSTRAINT uq_bulletins_plan_kind_label UNIQUE ("plan", kind, label), 
	CONSTRAINT ck_bulletins_bulletinkind CHECK (kind IN ('monthly', 'quarterly', 'half_year', 'annual')), 
	CONSTRAINT ck_bulletins_bulletinstate CHECK (state IN ('draft', 'released', 'dropped'))
);
CREATE TABLE "cards" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	task VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	field VARCHAR(16) NOT NULL, 
	value VARCHAR, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	CONSTRAINT fk_cards_set_by_members FOREIGN KEY(set_by) REFERENCES members (id), 
	CONSTRAINT ck_cards_cardfield CHECK (field IN ('owner', 'certifier', 'definition', 'base', 'base_unit', 'yearly', 'quarterly', 'frequency', 'lag', 'rigidity', 'reference', 'summed', 'source', 'evidence'))
);
CREATE TABLE chats (
	id BIGINT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	title VARCHAR, 
	migrated_from BIGINT, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	blocked BOOLEAN NOT NULL, 
	CONSTRAINT pk_chats PRIMARY KEY (id), 
	CONSTRAINT ck_chats_chatkind CHECK (kind IN ('private', 'group', 'supergroup', 'channel'))
);
INSERT INTO "chats" VALUES(510002,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447',0);
INSERT INTO "chats" VALUES(510003,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:54.688845',0);
INSERT INTO "chats" VALUES(510004,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447',0);
INSERT INTO "chats" VALUES(510005,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:54.864960',0);
INSERT INTO "chats" VALUES(510006,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:54.753862',0);
INSERT INTO "chats" VALUES(510007,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447',0);
INSERT INTO "chats" VALUES(510008,'private',NULL,NULL,'2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447',0);
INSERT INTO "chats" VALUES(510001,'private',NULL,NULL,'2026-11-30 08:20:54.016417','2026-11-30 08:20:54.016417',0);
CREATE TABLE dialogs (
	chat_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	memory VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_dialogs PRIMARY KEY (chat_id, person_id), 
	CONSTRAINT fk_dialogs_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_dialogs_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id)
);
INSERT INTO "dialogs" VALUES(510001,510001,'{"turns":[{"query":{"want":"tasks","terms":[{"units":["市交通局"]}]},"tasks":["1.1","1.3","2.1","2.2","4.3","5.1","5.2","6.2","6.3"]}]}','2026-11-30 20:20:54.016417');
INSERT INTO "dialogs" VALUES(510005,510005,'{"turns":[{"query":{"want":"units","topic":[{"kind":"target","plan":"wuxue-2021-26","owner":"5.2","name":"5G基站"}]},"units":["市科经局","市政数局","市发改局","市委网信办","市商务局","市交通局","市公安局","市教育局","市卫健局","市农业农村局","市水利和湖泊局","市经济开发区","田镇“两型”社会建设循环经济试验区","各镇","各街道"]}]}','2026-11-30 20:20:54.864960');
CREATE TABLE drafts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	message_id BIGINT, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	open BOOLEAN NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT fk_drafts_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_drafts_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id)
);
INSERT INTO "drafts" VALUES(1,510003,510003,1796026857,1,'{}',0,'2026-11-30 10:20:54.460979');
INSERT INTO "drafts" VALUES(2,510003,510003,1796026863,1,'{"items": [{"kind": "target", "name": "5G\u57fa\u7ad9", "plan": "wuxue-2021-26", "task": "5.2", "says": "reading", "value": "6.2E+2", "measure": null, "state": null, "as_of": null, "approx": false, "said": "5G\u57fa\u7ad9\u5efa\u6210620\u4e2a", "note": "", "corrects": null}], "text": "5G\u57fa\u7ad9\u5efa\u6210620\u4e2a", "done": 0, "told": null}',1,'2026-11-30 10:20:54.688845');
CREATE TABLE evidence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	report_id INTEGER, 
	draft_id BIGINT, 
	author_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	album VARCHAR, 
	sha256 VARCHAR, 
	size INTEGER, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT fk_evidence_author_id_members FOREIGN KEY(author_id) REFERENCES members (id), 
	CONSTRAINT fk_evidence_report_id_reports FOREIGN KEY(report_id) REFERENCES reports (id), 
	CONSTRAINT ck_evidence_filestate CHECK (state IN ('wanted', 'kept', 'refused'))
);
CREATE TABLE grants (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	member_id INTEGER NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	unit VARCHAR, 
	section INTEGER, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	CONSTRAINT fk_grants_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT ck_grants_role CHECK (role IN ('liaison', 'head', 'leader', 'supervisor', 'office'))
);
INSERT INTO "grants" VALUES(1,1,'liaison','wuxue-2021-26','市交通局',NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(2,2,'liaison','wuxue-2021-26','市科经局',NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(3,3,'liaison','wuxue-2021-26','梅川镇',NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(4,4,'supervisor','wuxue-2021-26',NULL,NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(5,5,'office','wuxue-2021-26',NULL,NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(6,6,'head','wuxue-2021-26','市科经局',NULL,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(7,7,'leader','wuxue-2021-26',NULL,5,'2026-11-30 08:20:51.882447',NULL);
INSERT INTO "grants" VALUES(8,7,'leader','wuxue-2021-26',NULL,6,'2026-11-30 08:20:51.882447',NULL);
CREATE TABLE inbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	bot_id BIGINT NOT NULL, 
	update_id BIGINT NOT NULL, 
	chat_id BIGINT NOT NULL, 
	received_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER NOT NULL, 
	payload JSON, 
	reply JSON, 
	error VARCHAR, 
	CONSTRAINT uq_inbox_bot_id_update_id UNIQUE (bot_id, update_id), 
	CONSTRAINT ck_inbox_inboxstate CHECK (state IN ('new', 'effect', 'replied', 'quarantined'))
);
INSERT INTO "inbox" VALUES(1,5100000001,1796026855,510001,'2026-11-30 08:20:53.939925','replied',0,NULL,NULL,NULL);
INSERT INTO "inbox" VALUES(2,5100000001,1796026858,510003,'2026-11-30 08:20:54.429698','replied',0,NULL,NULL,NULL);
INSERT INTO "inbox" VALUES(3,5100000001,1796026861,510003,'2026-11-30 08:20:54.547399','replied',0,NULL,NULL,NULL);
INSERT INTO "inbox" VALUES(4,5100000001,1796026864,510003,'2026-11-30 08:20:54.668592','replied',0,NULL,NULL,NULL);
INSERT INTO "inbox" VALUES(5,5100000001,1796026867,510006,'2026-11-30 08:20:54.737275','replied',0,NULL,NULL,NULL);
INSERT INTO "inbox" VALUES(6,5100000001,1796026870,510005,'2026-11-30 08:20:54.780364','effect',0,NULL,'[{"chat": 510005, "html": "<b>5G\u57fa\u7ad9\uff1a\u9996\u5217\u5e02\u79d1\u7ecf\u5c40\uff0c\u5171 15 \u5bb6\u8d23\u4efb\u5355\u4f4d\uff0c\u5df2\u5168\u90e8\u5217\u51fa</b>\n\u5e02\u79d1\u7ecf\u5c40\u3001\u5e02\u653f\u6570\u5c40\u3001\u5e02\u53d1\u6539\u5c40\u3001\u5e02\u59d4\u7f51\u4fe1\u529e\u3001\u5e02\u5546\u52a1\u5c40\u3001\u5e02\u4ea4\u901a\u5c40\u3001\u5e02\u516c\u5b89\u5c40\u3001\u5e02\u6559\u80b2\u5c40\u3001\u5e02\u536b\u5065\u5c40\u3001\u5e02\u519c\u4e1a\u519c\u6751\u5c40\u3001\u5e02\u6c34\u5229\u548c\u6e56\u6cca\u5c40\u3001\u5e02\u7ecf\u6d4e\u5f00\u53d1\u533a\u3001\u7530\u9547\u201c\u4e24\u578b\u201d\u793e\u4f1a\u5efa\u8bbe\u5faa\u73af\u7ecf\u6d4e\u8bd5\u9a8c\u533a\u3001\u5404\u9547\u3001\u5404\u8857\u9053\n\u65b9\u6848\u672a\u5199\u660e\u7275\u5934\uff0c\u6309\u9996\u5217\u5355\u4f4d\u3002\n\u8d23\u4efb\u5728\u4efb\u52a1 5.2 \u52a0\u5f3a\u65b0\u578b\u57fa\u7840\u8bbe\u65bd\u5efa\u8bbe\uff0c\u65b9\u6848\u672a\u5206\u5230\u5177\u4f53\u4e3e\u63aa\u3002\n\ud83d\udfe2 \u7eff\uff1a590 \u4e2a\uff0c\u5b8c\u6210 84.3%\uff0c\u6bd4\u5e8f\u65f6\u8fdb\u5ea6\uff0862.3%\uff09\u5feb 22 \u4e2a\u767e\u5206\u70b9\n\u586b\u62a5 590 \u4e2a\uff08\u5e02\u79d1\u7ecf\u5c40\uff0c2\u670828\u65e5\uff09\n\u51fa\u5904\uff1a\u4e09\uff08\u4e94\uff092", "asked_at": "2026-11-30T08:20:54Z", "keyboard": [[["\u76ee\u6807", "1:7:0"], ["5.2 \u8be6\u60c5", "1:7:1"], ["\u8fdb\u5c55", "1:7:2"]], [["\ud83d\udc4d \u6709\u7528", "1:7:y"], ["\ud83d\udc4e \u4e0d\u5bf9", "1:7:n"]]], "reply_to": null, "turn": 7, "code": "", "kind": "send"}]',NULL);
INSERT INTO "inbox" VALUES(7,5100000001,1796026872,510002,'2026-11-30 08:20:55.068840','new',0,'{"update_id": 1796026872, "message": {"message_id": 1796026871, "from": {"id": 510002, "is_bot": false, "first_name": "\u5e02\u4ea4\u901a\u5c40\u8054\u7edc\u5458", "language_code": "zh-hans"}, "chat": {"id": 510002, "type": "private", "first_name": "\u5e02\u4ea4\u901a\u5c40\u8054\u7edc\u5458"}, "date": 1796026855, "text": "\u957f\u6c5f\u5927\u4fdd\u62a4\u8c01\u7275\u5934"}}',NULL,NULL);
CREATE TABLE invitations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	digest VARCHAR NOT NULL, 
	grants JSON NOT NULL, 
	made_by INTEGER, 
	heir_of INTEGER, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_by INTEGER, 
	used_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT fk_invitations_heir_of_members FOREIGN KEY(heir_of) REFERENCES members (id), 
	CONSTRAINT fk_invitations_made_by_members FOREIGN KEY(made_by) REFERENCES members (id), 
	CONSTRAINT fk_invitations_used_by_members FOREIGN KEY(used_by) REFERENCES members (id), 
	CONSTRAINT uq_invitations_digest UNIQUE (digest)
);
CREATE TABLE items (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	occurrence VARCHAR NOT NULL, 
	task VARCHAR NOT NULL, 
	urgent BOOLEAN NOT NULL, 
	due DATETIME NOT NULL, 
	planned DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR, 
	late BOOLEAN NOT NULL, 
	message_id INTEGER, 
	acknowledged_at DATETIME, 
	CONSTRAINT fk_items_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_items_message_id_outbox FOREIGN KEY(message_id) REFERENCES outbox (id), 
	CONSTRAINT uq_items_plan_rule_subject_member_id_occurrence UNIQUE ("plan", rule, subject, member_id, occurrence), 
	CONSTRAINT ck_items_itemstate CHECK (state IN ('waiting', 'joined', 'skipped'))
);
CREATE TABLE meetings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	at TIME, 
	place VARCHAR NOT NULL, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_meetings_set_by_members FOREIGN KEY(set_by) REFERENCES members (id)
);
CREATE TABLE members (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	telegram_id BIGINT, 
	name VARCHAR, 
	office_phone VARCHAR, 
	mobile VARCHAR, 
	joined_at DATETIME NOT NULL, 
	locked_at DATETIME, 
	left_at DATETIME, 
	CONSTRAINT uq_members_telegram_id UNIQUE (telegram_id)
);
INSERT INTO "members" VALUES(1,510002,'市交通局联络员',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(2,510003,'市科经局联络员',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(3,510004,'梅川镇联络员',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(4,510005,'督查室',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(5,510006,'领导小组办公室',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(6,510007,'市科经局负责人',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
INSERT INTO "members" VALUES(7,510008,'分管领导',NULL,NULL,'2026-11-30 08:20:51.882447',NULL,NULL);
CREATE TABLE misses (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	day DATE NOT NULL, 
	note VARCHAR, 
	state VARCHAR(16) NOT NULL, 
	CONSTRAINT uq_misses_plan_text_why UNIQUE ("plan", text, why), 
	CONSTRAINT ck_misses_missstate CHECK (state IN ('open', 'resolved', 'ignored'))
);
CREATE TABLE mutes (
	member_id INTEGER NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	task VARCHAR NOT NULL, 
	until DATE NOT NULL, 
	set_at DATETIME NOT NULL, 
	CONSTRAINT pk_mutes PRIMARY KEY (member_id, "plan", task), 
	CONSTRAINT fk_mutes_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	member_id INTEGER, 
	chat_id BIGINT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	priority INTEGER NOT NULL, 
	html VARCHAR NOT NULL, 
	keyboard JSON, 
	turn_id BIGINT, 
	target_message_id BIGINT, 
	not_before DATETIME, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER NOT NULL, 
	repeats INTEGER NOT NULL, 
	next_try DATETIME NOT NULL, 
	worker INTEGER, 
	sent_at DATETIME, 
	sent_day DATE, 
	message_id BIGINT, 
	reason VARCHAR, 
	CONSTRAINT fk_outbox_member_id_members FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key"), 
	CONSTRAINT ck_outbox_outboxkind CHECK (kind IN ('notice', 'announcement', 'recall', 'reminder', 'personal', 'digest', 'draft')), 
	CONSTRAINT ck_outbox_outboxstate CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'expired', 'skipped', 'uncertain'))
);
INSERT INTO "outbox" VALUES(1,'notice:member 1:等着发的','wuxue-2021-26',1,510002,'notice',1,'等着发的',NULL,NULL,NULL,NULL,'2026-11-30 08:20:55.091850',NULL,'queued',1,0,'2026-11-30 08:20:55.091850',1,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(2,'reminder:member 1:正在发的','wuxue-2021-26',1,510002,'reminder',2,'正在发的',NULL,NULL,NULL,NULL,'2026-11-30 08:20:55.091850',NULL,'sending',1,0,'2026-11-30 08:20:55.091850',1,NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(3,'announcement:member 1:不知发到没有的','wuxue-2021-26',1,510002,'announcement',1,'不知发到没有的',NULL,NULL,NULL,NULL,'2026-11-30 08:20:55.091850',NULL,'uncertain',1,0,'2026-11-30 08:20:55.091850',1,NULL,NULL,NULL,'no_answer');
CREATE TABLE personal_reminders (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	words VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	item_id BIGINT, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT fk_personal_reminders_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
CREATE TABLE persons (
	id BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	CONSTRAINT pk_persons PRIMARY KEY (id)
);
INSERT INTO "persons" VALUES(510002,'市交通局联络员','2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447');
INSERT INTO "persons" VALUES(510003,'市科经局联络员','2026-11-30 08:20:51.882447','2026-11-30 08:20:54.688845');
INSERT INTO "persons" VALUES(510004,'梅川镇联络员','2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447');
INSERT INTO "persons" VALUES(510005,'督查室','2026-11-30 08:20:51.882447','2026-11-30 08:20:54.864960');
INSERT INTO "persons" VALUES(510006,'领导小组办公室','2026-11-30 08:20:51.882447','2026-11-30 08:20:54.753862');
INSERT INTO "persons" VALUES(510007,'市科经局负责人','2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447');
INSERT INTO "persons" VALUES(510008,'分管领导','2026-11-30 08:20:51.882447','2026-11-30 08:20:51.882447');
INSERT INTO "persons" VALUES(510001,'访客','2026-11-30 08:20:54.016417','2026-11-30 08:20:54.016417');
CREATE TABLE plan_periods (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	first DATE, 
	last DATE, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	CONSTRAINT fk_plan_periods_set_by_members FOREIGN KEY(set_by) REFERENCES members (id)
);
CREATE TABLE prompts (
	chat_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	command VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_prompts PRIMARY KEY (chat_id, person_id), 
	CONSTRAINT fk_prompts_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_prompts_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id)
);
INSERT INTO "prompts" VALUES(510006,510006,'/announce','2026-11-30 08:30:54.753862');
CREATE TABLE recipients (
	announcement_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	letter_id BIGINT NOT NULL, 
	acknowledged_at DATETIME, 
	CONSTRAINT pk_recipients PRIMARY KEY (announcement_id, member_id), 
	CONSTRAINT fk_recipients_announcement_id_announcements FOREIGN KEY(announcement_id) REFERENCES announcements (id), 
	CONSTRAINT fk_recipients_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
CREATE TABLE report_versions (
	"plan" VARCHAR NOT NULL, 
	task VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	version BIGINT NOT NULL, 
	CONSTRAINT pk_report_versions PRIMARY KEY ("plan", task, name)
);
INSERT INTO "report_versions" VALUES('wuxue-2021-26','5.2','5G基站',727922364325927057);
CREATE TABLE reports (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	task VARCHAR NOT NULL, 
	subject VARCHAR(16) NOT NULL, 
	name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	value BIGINT, 
	measure VARCHAR, 
	approx BOOLEAN NOT NULL, 
	state VARCHAR(16), 
	note VARCHAR NOT NULL, 
	said VARCHAR NOT NULL, 
	as_of DATE NOT NULL, 
	received_at DATETIME NOT NULL, 
	author_id INTEGER NOT NULL, 
	corrects_id INTEGER, 
	draft_id BIGINT, 
	status VARCHAR(16) NOT NULL, 
	accepted_at DATETIME, 
	accepted_by INTEGER, 
	ended_at DATETIME, 
	ended_by INTEGER, 
	reason VARCHAR, 
	approved_at DATETIME, 
	approved_by INTEGER, 
	checked_at DATETIME, 
	checked_by INTEGER, 
	published_first DATE, 
	published_last DATE, 
	published_on DATE, 
	CONSTRAINT fk_reports_accepted_by_members FOREIGN KEY(accepted_by) REFERENCES members (id), 
	CONSTRAINT fk_reports_approved_by_members FOREIGN KEY(approved_by) REFERENCES members (id), 
	CONSTRAINT fk_reports_author_id_members FOREIGN KEY(author_id) REFERENCES members (id), 
	CONSTRAINT fk_reports_checked_by_members FOREIGN KEY(checked_by) REFERENCES members (id), 
	CONSTRAINT fk_reports_corrects_id_reports FOREIGN KEY(corrects_id) REFERENCES reports (id), 
	CONSTRAINT fk_reports_ended_by_members FOREIGN KEY(ended_by) REFERENCES members (id), 
	CONSTRAINT ck_reports_subjectkind CHECK (subject IN ('task', 'target', 'project', 'action')), 
	CONSTRAINT ck_reports_updatekind CHECK (kind IN ('reading', 'increment', 'percent', 'state', 'no_change', 'note', 'problem')), 
	CONSTRAINT ck_reports_state CHECK (state IN ('not_started', 'in_progress', 'done', 'blocked')), 
	CONSTRAINT ck_reports_status CHECK (status IN ('draft', 'pending', 'accepted', 'returned', 'withdrawn'))
);
INSERT INTO "reports" VALUES(1,'wuxue-2021-26','5.2','target','5G基站','市科经局','reading',590000000,NULL,0,NULL,'','5G基站建成590个','2023-02-28','2026-11-30 08:20:54.555548',2,NULL,1,'accepted','2026-11-30 08:20:54.555548',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rule_settings (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	"on" BOOLEAN NOT NULL, 
	numbers JSON, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	CONSTRAINT fk_rule_settings_set_by_members FOREIGN KEY(set_by) REFERENCES members (id)
);
CREATE TABLE schedule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"plan" VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	next_due DATETIME NOT NULL, 
	occurrence VARCHAR NOT NULL, 
	held_until DATETIME, 
	CONSTRAINT uq_schedule_plan_rule_subject UNIQUE ("plan", rule, subject)
);
INSERT INTO "schedule" VALUES(1,'wuxue-2021-26','deadline','1.1/技改项目','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(2,'wuxue-2021-26','deadline','1.1/医药化工产业总产值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(3,'wuxue-2021-26','deadline','1.1/新型建材产业总产值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(4,'wuxue-2021-26','deadline','1.1/电子信息产业总产值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(5,'wuxue-2021-26','deadline','1.2/园区新增10亿元以上重点项目','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(6,'wuxue-2021-26','deadline','1.2/园区新增规上企业','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(7,'wuxue-2021-26','deadline','1.3/新增规上服务业企业','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(8,'wuxue-2021-26','deadline','1.3/服务业增加值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(9,'wuxue-2021-26','deadline','2.2/省级示范型美丽城镇','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(10,'wuxue-2021-26','deadline','2.2/擦亮小城镇达标比例','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(11,'wuxue-2021-26','deadline','2.2/常住人口城镇化率','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(12,'wuxue-2021-26','deadline','3.1/省级以上龙头企业','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(13,'wuxue-2021-26','deadline','3.1/农业总产值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(14,'wuxue-2021-26','deadline','3.1/农产品加工业产值与农业总产值的比值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(15,'wuxue-2021-26','deadline','3.1/产值过20亿元的市域品牌','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(16,'wuxue-2021-26','deadline','3.1/产值过5亿元的市域品牌','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(17,'wuxue-2021-26','deadline','3.1/省级现代农业产业强镇','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(18,'wuxue-2021-26','deadline','3.1/省级示范家庭农场','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(19,'wuxue-2021-26','deadline','3.1/规模种养大户','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(20,'wuxue-2021-26','deadline','3.2/乡村普惠性幼儿园覆盖率','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(21,'wuxue-2021-26','deadline','3.2/乡镇区域养老服务中心覆盖率','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(22,'wuxue-2021-26','deadline','3.2/农村生活不能自理特困人员集中供养率','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(23,'wuxue-2021-26','deadline','3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(24,'wuxue-2021-26','deadline','5.2/5G基站','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(25,'wuxue-2021-26','deadline','二/地区生产总值','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(26,'wuxue-2021-26','deadline','二/工业增加值占地区生产总值比重','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(27,'wuxue-2021-26','deadline','二/累计完成固定资产投资','2023-09-28 01:00:00.000000','2023-12-31-90',NULL);
INSERT INTO "schedule" VALUES(28,'wuxue-2021-26','overdue','1.1/技改项目','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(29,'wuxue-2021-26','overdue','1.1/医药化工产业总产值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(30,'wuxue-2021-26','overdue','1.1/新型建材产业总产值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(31,'wuxue-2021-26','overdue','1.1/电子信息产业总产值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(32,'wuxue-2021-26','overdue','1.2/园区新增10亿元以上重点项目','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(33,'wuxue-2021-26','overdue','1.2/园区新增规上企业','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(34,'wuxue-2021-26','overdue','1.3/新增规上服务业企业','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(35,'wuxue-2021-26','overdue','1.3/服务业增加值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(36,'wuxue-2021-26','overdue','2.2/省级示范型美丽城镇','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(37,'wuxue-2021-26','overdue','2.2/擦亮小城镇达标比例','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(38,'wuxue-2021-26','overdue','2.2/常住人口城镇化率','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(39,'wuxue-2021-26','overdue','3.1/省级以上龙头企业','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(40,'wuxue-2021-26','overdue','3.1/农业总产值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(41,'wuxue-2021-26','overdue','3.1/农产品加工业产值与农业总产值的比值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(42,'wuxue-2021-26','overdue','3.1/产值过20亿元的市域品牌','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(43,'wuxue-2021-26','overdue','3.1/产值过5亿元的市域品牌','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(44,'wuxue-2021-26','overdue','3.1/省级现代农业产业强镇','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(45,'wuxue-2021-26','overdue','3.1/省级示范家庭农场','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(46,'wuxue-2021-26','overdue','3.1/规模种养大户','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(47,'wuxue-2021-26','overdue','3.2/乡村普惠性幼儿园覆盖率','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(48,'wuxue-2021-26','overdue','3.2/乡镇区域养老服务中心覆盖率','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(49,'wuxue-2021-26','overdue','3.2/农村生活不能自理特困人员集中供养率','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(50,'wuxue-2021-26','overdue','3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(51,'wuxue-2021-26','overdue','5.2/5G基站','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(52,'wuxue-2021-26','overdue','二/地区生产总值','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(53,'wuxue-2021-26','overdue','二/工业增加值占地区生产总值比重','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(54,'wuxue-2021-26','overdue','二/累计完成固定资产投资','2024-01-08 01:00:00.000000','2023-12-31+1',NULL);
INSERT INTO "schedule" VALUES(55,'wuxue-2021-26','given_up','1.1/技改项目','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(56,'wuxue-2021-26','given_up','1.1/医药化工产业总产值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(57,'wuxue-2021-26','given_up','1.1/新型建材产业总产值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(58,'wuxue-2021-26','given_up','1.1/电子信息产业总产值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(59,'wuxue-2021-26','given_up','1.2/园区新增10亿元以上重点项目','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(60,'wuxue-2021-26','given_up','1.2/园区新增规上企业','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(61,'wuxue-2021-26','given_up','1.3/新增规上服务业企业','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(62,'wuxue-2021-26','given_up','1.3/服务业增加值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(63,'wuxue-2021-26','given_up','2.2/省级示范型美丽城镇','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(64,'wuxue-2021-26','given_up','2.2/擦亮小城镇达标比例','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(65,'wuxue-2021-26','given_up','2.2/常住人口城镇化率','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(66,'wuxue-2021-26','given_up','3.1/省级以上龙头企业','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(67,'wuxue-2021-26','given_up','3.1/农业总产值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(68,'wuxue-2021-26','given_up','3.1/农产品加工业产值与农业总产值的比值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(69,'wuxue-2021-26','given_up','3.1/产值过20亿元的市域品牌','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(70,'wuxue-2021-26','given_up','3.1/产值过5亿元的市域品牌','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(71,'wuxue-2021-26','given_up','3.1/省级现代农业产业强镇','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(72,'wuxue-2021-26','given_up','3.1/省级示范家庭农场','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(73,'wuxue-2021-26','given_up','3.1/规模种养大户','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(74,'wuxue-2021-26','given_up','3.2/乡村普惠性幼儿园覆盖率','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(75,'wuxue-2021-26','given_up','3.2/乡镇区域养老服务中心覆盖率','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(76,'wuxue-2021-26','given_up','3.2/农村生活不能自理特困人员集中供养率','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(77,'wuxue-2021-26','given_up','3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(78,'wuxue-2021-26','given_up','5.2/5G基站','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(79,'wuxue-2021-26','given_up','二/地区生产总值','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(80,'wuxue-2021-26','given_up','二/工业增加值占地区生产总值比重','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(81,'wuxue-2021-26','given_up','二/累计完成固定资产投资','2024-03-04 01:00:00.000000','2023-12-31+9',NULL);
INSERT INTO "schedule" VALUES(82,'wuxue-2021-26','due','monthly','2023-04-25 01:00:00.000000','2023-04/0',NULL);
INSERT INTO "schedule" VALUES(83,'wuxue-2021-26','due','quarterly','2023-04-20 01:00:00.000000','2023-Q1/0',NULL);
INSERT INTO "schedule" VALUES(84,'wuxue-2021-26','due','half-yearly','2023-07-20 01:00:00.000000','2023-H1/0',NULL);
INSERT INTO "schedule" VALUES(85,'wuxue-2021-26','due','yearly','2024-01-19 01:00:00.000000','2023/0',NULL);
INSERT INTO "schedule" VALUES(86,'wuxue-2021-26','opens','monthly','2023-04-20 01:00:00.000000','2023-04/5',NULL);
INSERT INTO "schedule" VALUES(87,'wuxue-2021-26','opens','quarterly','2023-04-14 01:00:00.000000','2023-Q1/5',NULL);
INSERT INTO "schedule" VALUES(88,'wuxue-2021-26','opens','half-yearly','2023-07-14 01:00:00.000000','2023-H1/5',NULL);
INSERT INTO "schedule" VALUES(89,'wuxue-2021-26','opens','yearly','2024-01-15 01:00:00.000000','2023/5',NULL);
INSERT INTO "schedule" VALUES(90,'wuxue-2021-26','late','monthly','2023-04-26 01:00:00.000000','2023-04/1',NULL);
INSERT INTO "schedule" VALUES(91,'wuxue-2021-26','late','quarterly','2023-04-21 01:00:00.000000','2023-Q1/1',NULL);
INSERT INTO "schedule" VALUES(92,'wuxue-2021-26','late','half-yearly','2023-07-21 01:00:00.000000','2023-H1/1',NULL);
INSERT INTO "schedule" VALUES(93,'wuxue-2021-26','late','yearly','2024-01-22 01:00:00.000000','2023/1',NULL);
INSERT INTO "schedule" VALUES(94,'wuxue-2021-26','late_unit','monthly','2023-04-27 01:00:00.000000','2023-04/2',NULL);
INSERT INTO "schedule" VALUES(95,'wuxue-2021-26','late_unit','quarterly','2023-04-23 01:00:00.000000','2023-Q1/2',NULL);
INSERT INTO "schedule" VALUES(96,'wuxue-2021-26','late_unit','half-yearly','2023-07-24 01:00:00.000000','2023-H1/2',NULL);
INSERT INTO "schedule" VALUES(97,'wuxue-2021-26','late_unit','yearly','2024-01-23 01:00:00.000000','2023/2',NULL);
INSERT INTO "schedule" VALUES(98,'wuxue-2021-26','late_head','monthly','2023-04-28 01:00:00.000000','2023-04/3',NULL);
INSERT INTO "schedule" VALUES(99,'wuxue-2021-26','late_head','quarterly','2023-04-24 01:00:00.000000','2023-Q1/3',NULL);
INSERT INTO "schedule" VALUES(100,'wuxue-2021-26','late_head','half-yearly','2023-07-25 01:00:00.000000','2023-H1/3',NULL);
INSERT INTO "schedule" VALUES(101,'wuxue-2021-26','late_head','yearly','2024-01-24 01:00:00.000000','2023/3',NULL);
INSERT INTO "schedule" VALUES(102,'wuxue-2021-26','closes','monthly','2023-05-05 01:00:00.000000','2023-04/5',NULL);
INSERT INTO "schedule" VALUES(103,'wuxue-2021-26','closes','quarterly','2023-04-26 01:00:00.000000','2023-Q1/5',NULL);
INSERT INTO "schedule" VALUES(104,'wuxue-2021-26','closes','half-yearly','2023-07-27 01:00:00.000000','2023-H1/5',NULL);
INSERT INTO "schedule" VALUES(105,'wuxue-2021-26','closes','yearly','2024-01-26 01:00:00.000000','2023/5',NULL);
INSERT INTO "schedule" VALUES(106,'wuxue-2021-26','projects_call','','2023-04-03 01:00:00.000000','2023-04-03',NULL);
INSERT INTO "schedule" VALUES(107,'wuxue-2021-26','projects_list','','2023-04-04 01:00:00.000000','2023-04-04',NULL);
INSERT INTO "schedule" VALUES(108,'wuxue-2021-26','unowned','','2023-04-03 01:00:00.000000','2023-04-01',NULL);
INSERT INTO "schedule" VALUES(109,'wuxue-2021-26','no_meeting','','2023-04-06 01:00:00.000000','2023-04-05',NULL);
INSERT INTO "schedule" VALUES(110,'wuxue-2021-26','draft','quarterly','2023-04-26 01:00:00.000000','2023-Q1/5',NULL);
INSERT INTO "schedule" VALUES(111,'wuxue-2021-26','draft','half-yearly','2023-07-27 01:00:00.000000','2023-H1/5',NULL);
INSERT INTO "schedule" VALUES(112,'wuxue-2021-26','draft','yearly','2024-01-26 01:00:00.000000','2023/5',NULL);
CREATE TABLE subscriptions (
	member_id INTEGER NOT NULL, 
	deadline_days JSON, 
	single BOOLEAN NOT NULL, 
	quiet_from TIME, 
	quiet_to TIME, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (member_id), 
	CONSTRAINT fk_subscriptions_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);
CREATE TABLE turns (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	chat_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	message_id BIGINT, 
	answer_id BIGINT, 
	question VARCHAR NOT NULL, 
	memory_before VARCHAR NOT NULL, 
	buttons JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT fk_turns_chat_id_chats FOREIGN KEY(chat_id) REFERENCES chats (id), 
	CONSTRAINT fk_turns_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id)
);
INSERT INTO "turns" VALUES(1,510001,510001,1796026854,1796026856,'市交通局负责哪些任务','','["\u5e02\u4ea4\u901a\u5c40\u7275\u5934\u54ea\u4e9b\u4efb\u52a1", "\u5e02\u4ea4\u901a\u5c40\u6709\u54ea\u4e9b\u76ee\u6807", "4.3\u8bb2\u4ec0\u4e48"]','2026-11-01 08:20:55.076429');
INSERT INTO "turns" VALUES(2,510003,510003,1796026857,1796026859,'','','["/report #1.1 \u786e\u8ba4", "/report #1.1 \u6539\u6570", "/report #1.1 \u6539\u65e5\u671f", "/report #1.1 \u6362\u4e00\u9879", "/report #1.1 \u52a0\u8bf4\u660e", "/report #1.1 \u53d6\u6d88"]','2026-11-30 08:20:54.460979');
INSERT INTO "turns" VALUES(3,510003,510003,NULL,NULL,'/report #1.1 确认','turn 2','[]','2026-11-30 08:20:54.555548');
INSERT INTO "turns" VALUES(4,510003,510003,NULL,1796026862,'','','["/evidence 1", "/withdraw 1", "/report"]','2026-11-30 08:20:54.555548');
INSERT INTO "turns" VALUES(5,510003,510003,1796026863,1796026865,'','','["/report #2.1 \u786e\u8ba4", "/report #2.1 \u6539\u6570", "/report #2.1 \u6539\u65e5\u671f", "/report #2.1 \u6362\u4e00\u9879", "/report #2.1 \u52a0\u8bf4\u660e", "/report #2.1 \u53d6\u6d88"]','2026-11-30 08:20:54.688845');
INSERT INTO "turns" VALUES(6,510006,510006,1796026866,1796026868,'','','[]','2026-11-30 08:20:54.753862');
INSERT INTO "turns" VALUES(7,510005,510005,1796026869,NULL,'5G基站谁负责','','["5.2\u7684\u76ee\u6807", "5.2\u8bb2\u4ec0\u4e48", "5.2\u76845G\u57fa\u7ad9\u8fdb\u5c55"]','2026-11-30 08:20:54.864960');
CREATE TABLE work_days (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	day DATE NOT NULL, 
	working BOOLEAN, 
	note VARCHAR NOT NULL, 
	set_at DATETIME NOT NULL, 
	set_by INTEGER NOT NULL, 
	CONSTRAINT fk_work_days_set_by_members FOREIGN KEY(set_by) REFERENCES members (id)
);
CREATE INDEX ix_inbox_unfinished ON inbox (bot_id, chat_id, id) WHERE state IN ('new', 'effect');
CREATE INDEX ix_turns_chat_id_message_id ON turns (chat_id, message_id);
CREATE INDEX ix_absences_member_id ON absences (member_id);
CREATE INDEX ix_absences_stand_in_id ON absences (stand_in_id);
CREATE INDEX ix_grants_held ON grants ("plan", unit, role) WHERE until IS NULL;
CREATE INDEX ix_grants_member_id ON grants (member_id);
CREATE INDEX ix_drafts_chat_id_person_id ON drafts (chat_id, person_id);
CREATE INDEX ix_reports_author_id_id ON reports (author_id, id);
CREATE INDEX ix_reports_pending ON reports ("plan") WHERE status = 'pending';
CREATE INDEX ix_reports_draft_id ON reports (draft_id);
CREATE INDEX ix_reports_plan_task_name ON reports ("plan", task, name);
CREATE INDEX ix_evidence_draft_id ON evidence (draft_id);
CREATE INDEX ix_evidence_report_id ON evidence (report_id);
CREATE INDEX ix_misses_state ON misses (state);
CREATE UNIQUE INDEX ix_aliases_held ON aliases ("plan", said) WHERE ended_at IS NULL;
CREATE INDEX ix_cards_plan_task_target ON cards ("plan", task, target);
CREATE INDEX ix_outbox_queued ON outbox (priority, id) WHERE state = 'queued';
CREATE INDEX ix_outbox_expiring ON outbox (expires_at) WHERE state = 'queued';
CREATE INDEX ix_outbox_sending ON outbox (worker) WHERE state = 'sending';
CREATE INDEX ix_outbox_troubled ON outbox ("plan", id) WHERE state IN ('failed', 'uncertain');
CREATE INDEX ix_outbox_repeated ON outbox ("plan", created_at) WHERE repeats > 0;
CREATE INDEX ix_outbox_plan_state_sent_day ON outbox ("plan", state, sent_day);
CREATE INDEX ix_schedule_next_due ON schedule (next_due);
CREATE INDEX ix_personal_reminders_open ON personal_reminders (member_id) WHERE ended_at IS NULL;
CREATE INDEX ix_rule_settings_plan_rule ON rule_settings ("plan", rule);
CREATE INDEX ix_items_member_id_planned ON items (member_id, planned);
CREATE INDEX ix_items_message_id ON items (message_id);
CREATE INDEX ix_items_waiting ON items (due) WHERE state = 'waiting';
CREATE INDEX ix_work_days_day ON work_days (day);
CREATE INDEX ix_plan_periods_plan ON plan_periods ("plan");
CREATE INDEX ix_meetings_plan_day ON meetings ("plan", day);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('cards',0);
INSERT INTO "sqlite_sequence" VALUES('members',7);
INSERT INTO "sqlite_sequence" VALUES('grants',8);
INSERT INTO "sqlite_sequence" VALUES('schedule',112);
INSERT INTO "sqlite_sequence" VALUES('inbox',7);
INSERT INTO "sqlite_sequence" VALUES('turns',7);
INSERT INTO "sqlite_sequence" VALUES('drafts',2);
INSERT INTO "sqlite_sequence" VALUES('reports',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',3);
COMMIT;
