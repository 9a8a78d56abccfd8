CREATE TABLE absences (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    stand_in_id bigint NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    ended_at timestamp with time zone
);
CREATE SEQUENCE absences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE absences_id_seq OWNED BY absences.id;
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE aliases (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    owner character varying NOT NULL,
    name character varying NOT NULL,
    said character varying NOT NULL,
    added_by bigint,
    added_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
CREATE SEQUENCE aliases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE aliases_id_seq OWNED BY aliases.id;
CREATE TABLE announcements (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    text character varying NOT NULL,
    audience character varying,
    state character varying(16) NOT NULL,
    made_by bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    sent_on date,
    recalled_at timestamp with time zone,
    recalled_by bigint,
    CONSTRAINT ck_announcements_announcementstate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'sent'::character varying, 'recalled'::character varying, 'dropped'::character varying])::text[])))
);
CREATE SEQUENCE announcements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE announcements_id_seq OWNED BY announcements.id;
CREATE TABLE audit (
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor character varying NOT NULL,
    action character varying NOT NULL,
    subject character varying NOT NULL,
    detail json NOT NULL,
    before character varying NOT NULL,
    hash character varying NOT NULL
);
CREATE TABLE audit_head (
    id integer NOT NULL,
    number integer NOT NULL,
    hash character varying NOT NULL
);
CREATE TABLE bulletins (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    kind character varying(16) NOT NULL,
    label character varying NOT NULL,
    as_of date NOT NULL,
    content json NOT NULL,
    title character varying,
    remark character varying,
    state character varying(16) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    released_by bigint,
    CONSTRAINT ck_bulletins_bulletinkind CHECK (((kind)::text = ANY ((ARRAY['monthly'::character varying, 'quarterly'::character varying, 'half_year'::character varying, 'annual'::character varying])::text[]))),
    CONSTRAINT ck_bulletins_bulletinstate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'released'::character varying, 'dropped'::character varying])::text[])))
);
CREATE SEQUENCE bulletins_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE bulletins_id_seq OWNED BY bulletins.id;
CREATE TABLE cards (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    task character varying NOT NULL,
    target character varying NOT NULL,
    field character varying(16) NOT NULL,
    value character varying,
    set_at timestamp with time zone NOT NULL,
    set_by bigint NOT NULL,
    CONSTRAINT ck_cards_cardfield CHECK (((field)::text = ANY ((ARRAY['owner'::character varying, 'certifier'::character varying, 'definition'::character varying, 'base'::character varying, 'base_unit'::character varying, 'yearly'::character varying, 'quarterly'::character varying, 'frequency'::character varying, 'lag'::character varying, 'rigidity'::character varying, 'reference'::character varying, 'summed'::character varying, 'source'::character varying, 'evidence'::character varying])::text[])))
);
CREATE SEQUENCE cards_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE cards_id_seq OWNED BY cards.id;
CREATE TABLE chats (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    title character varying,
    migrated_from bigint,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    blocked boolean NOT NULL,
    CONSTRAINT ck_chats_chatkind CHECK (((kind)::text = ANY ((ARRAY['private'::character varying, 'group'::character varying, 'supergroup'::character varying, 'channel'::character varying])::text[])))
);
CREATE TABLE dialogs (
    chat_id bigint NOT NULL,
    person_id bigint NOT NULL,
    memory character varying NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE drafts (
    id bigint NOT NULL,
    chat_id bigint NOT NULL,
    person_id bigint NOT NULL,
    message_id bigint,
    version integer NOT NULL,
    content json NOT NULL,
    open boolean NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE drafts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE drafts_id_seq OWNED BY drafts.id;
CREATE TABLE evidence (
    id bigint NOT NULL,
    report_id bigint,
    draft_id bigint,
    author_id bigint NOT NULL,
    name character varying NOT NULL,
    state character varying(16) NOT NULL,
    album character varying,
    sha256 character varying,
    size integer,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_evidence_filestate CHECK (((state)::text = ANY ((ARRAY['wanted'::character varying, 'kept'::character varying, 'refused'::character varying])::text[])))
);
CREATE SEQUENCE evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE evidence_id_seq OWNED BY evidence.id;
CREATE TABLE grants (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    role character varying(16) NOT NULL,
    plan character varying NOT NULL,
    unit character varying,
    section integer,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    CONSTRAINT ck_grants_role CHECK (((role)::text = ANY ((ARRAY['liaison'::character varying, 'head'::character varying, 'leader'::character varying, 'supervisor'::character varying, 'office'::character varying])::text[])))
);
CREATE SEQUENCE grants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE grants_id_seq OWNED BY grants.id;
CREATE TABLE inbox (
    id bigint NOT NULL,
    bot_id bigint NOT NULL,
    update_id bigint NOT NULL,
    chat_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    state character varying(16) NOT NULL,
    attempts integer NOT NULL,
    payload json,
    reply json,
    error character varying,
    CONSTRAINT ck_inbox_inboxstate CHECK (((state)::text = ANY ((ARRAY['new'::character varying, 'effect'::character varying, 'replied'::character varying, 'quarantined'::character varying])::text[])))
);
CREATE SEQUENCE inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE inbox_id_seq OWNED BY inbox.id;
CREATE TABLE invitations (
    id bigint NOT NULL,
    digest character varying NOT NULL,
    grants json NOT NULL,
    made_by bigint,
    heir_of bigint,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_by bigint,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone
);
CREATE SEQUENCE invitations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE invitations_id_seq OWNED BY invitations.id;
CREATE TABLE items (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    rule character varying NOT NULL,
    subject character varying NOT NULL,
    member_id bigint NOT NULL,
    occurrence character varying NOT NULL,
    task character varying NOT NULL,
    urgent boolean NOT NULL,
    due timestamp with time zone NOT NULL,
    planned timestamp with time zone NOT NULL,
    state character varying(16) NOT NULL,
    reason character varying,
    late boolean NOT NULL,
    message_id bigint,
    acknowledged_at timestamp with time zone,
    CONSTRAINT ck_items_itemstate CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'joined'::character varying, 'skipped'::character varying])::text[])))
);
CREATE SEQUENCE items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE items_id_seq OWNED BY items.id;
CREATE TABLE meetings (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    day date NOT NULL,
    at time without time zone,
    place character varying NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by bigint NOT NULL,
    ended_at timestamp with time zone
);
CREATE SEQUENCE meetings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE meetings_id_seq OWNED BY meetings.id;
CREATE TABLE members (
    id bigint NOT NULL,
    telegram_id bigint,
    name character varying,
    office_phone character varying,
    mobile character varying,
    joined_at timestamp with time zone NOT NULL,
    locked_at timestamp with time zone,
    left_at timestamp with time zone
);
CREATE SEQUENCE members_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE members_id_seq OWNED BY members.id;
CREATE TABLE misses (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    text character varying NOT NULL,
    why character varying NOT NULL,
    count integer NOT NULL,
    day date NOT NULL,
    note character varying,
    state character varying(16) NOT NULL,
    CONSTRAINT ck_misses_missstate CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'resolved'::character varying, 'ignored'::character varying])::text[])))
);
CREATE SEQUENCE misses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE misses_id_seq OWNED BY misses.id;
CREATE TABLE mutes (
    member_id bigint NOT NULL,
    plan character varying NOT NULL,
    task character varying NOT NULL,
    until date NOT NULL,
    set_at timestamp with time zone NOT NULL
);
CREATE TABLE outbox (
    id bigint NOT NULL,
    key character varying NOT NULL,
    plan character varying NOT NULL,
    member_id bigint,
    chat_id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    priority integer NOT NULL,
    html character varying NOT NULL,
    keyboard json,
    turn_id bigint,
    target_message_id bigint,
    not_before timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    state character varying(16) NOT NULL,
    attempts integer NOT NULL,
    repeats integer NOT NULL,
    next_try timestamp with time zone NOT NULL,
    worker integer,
    sent_at timestamp with time zone,
    sent_day date,
    message_id bigint,
    reason character varying,
    CONSTRAINT ck_outbox_outboxkind CHECK (((kind)::text = ANY ((ARRAY['notice'::character varying, 'announcement'::character varying, 'recall'::character varying, 'reminder'::character varying, 'personal'::character varying, 'digest'::character varying, 'draft'::character varying])::text[]))),
    CONSTRAINT ck_outbox_outboxstate CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying, 'sent'::character varying, 'failed'::character varying, 'expired'::character varying, 'skipped'::character varying, 'uncertain'::character varying])::text[])))
);
CREATE SEQUENCE outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE outbox_id_seq OWNED BY outbox.id;
CREATE TABLE personal_reminders (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    member_id bigint NOT NULL,
    words character varying NOT NULL,
    at timestamp with time zone NOT NULL,
    item_id bigint,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
CREATE SEQUENCE personal_reminders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE personal_reminders_id_seq OWNED BY personal_reminders.id;
CREATE TABLE persons (
    id bigint NOT NULL,
    name character varying NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL
);
CREATE TABLE plan_periods (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    first date,
    last date,
    set_at timestamp with time zone NOT NULL,
    set_by bigint NOT NULL
);
CREATE SEQUENCE plan_periods_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE plan_periods_id_seq OWNED BY plan_periods.id;
CREATE TABLE prompts (
    chat_id bigint NOT NULL,
    person_id bigint NOT NULL,
    command character varying NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE recipients (
    announcement_id bigint NOT NULL,
    member_id bigint NOT NULL,
    letter_id bigint NOT NULL,
    acknowledged_at timestamp with time zone
);
CREATE TABLE report_versions (
    plan character varying NOT NULL,
    task character varying NOT NULL,
    name character varying NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE reports (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    task character varying NOT NULL,
    subject character varying(16) NOT NULL,
    name character varying NOT NULL,
    unit character varying NOT NULL,
    kind character varying(16) NOT NULL,
    value numeric(18,6),
    measure character varying,
    approx boolean NOT NULL,
    state character varying(16),
    note character varying NOT NULL,
    said character varying NOT NULL,
    as_of date NOT NULL,
    received_at timestamp with time zone NOT NULL,
    author_id bigint NOT NULL,
    corrects_id bigint,
    draft_id bigint,
    status character varying(16) NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by bigint,
    ended_at timestamp with time zone,
    ended_by bigint,
    reason character varying,
    approved_at timestamp with time zone,
    approved_by bigint,
    checked_at timestamp with time zone,
    checked_by bigint,
    published_first date,
    published_last date,
    published_on date,
    CONSTRAINT ck_reports_state CHECK (((state)::text = ANY ((ARRAY['not_started'::character varying, 'in_progress'::character varying, 'done'::character varying, 'blocked'::character varying])::text[]))),
    CONSTRAINT ck_reports_status CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'pending'::character varying, 'accepted'::character varying, 'returned'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT ck_reports_subjectkind CHECK (((subject)::text = ANY ((ARRAY['task'::character varying, 'target'::character varying, 'project'::character varying, 'action'::character varying])::text[]))),
    CONSTRAINT ck_reports_updatekind CHECK (((kind)::text = ANY ((ARRAY['reading'::character varying, 'increment'::character varying, 'percent'::character varying, 'state'::character varying, 'no_change'::character varying, 'note'::character varying, 'problem'::character varying])::text[])))
);
CREATE SEQUENCE reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE reports_id_seq OWNED BY reports.id;
CREATE TABLE rule_settings (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    rule character varying NOT NULL,
    "on" boolean NOT NULL,
    numbers json,
    set_at timestamp with time zone NOT NULL,
    set_by bigint NOT NULL
);
CREATE SEQUENCE rule_settings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE rule_settings_id_seq OWNED BY rule_settings.id;
CREATE TABLE schedule (
    id bigint NOT NULL,
    plan character varying NOT NULL,
    rule character varying NOT NULL,
    subject character varying NOT NULL,
    next_due timestamp with time zone NOT NULL,
    occurrence character varying NOT NULL,
    held_until timestamp with time zone
);
CREATE SEQUENCE schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE schedule_id_seq OWNED BY schedule.id;
CREATE TABLE subscriptions (
    member_id bigint NOT NULL,
    deadline_days json,
    single boolean NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone
);
CREATE TABLE turns (
    id bigint NOT NULL,
    chat_id bigint NOT NULL,
    person_id bigint NOT NULL,
    message_id bigint,
    answer_id bigint,
    question character varying NOT NULL,
    memory_before character varying NOT NULL,
    buttons json NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE turns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE turns_id_seq OWNED BY turns.id;
CREATE TABLE work_days (
    id bigint NOT NULL,
    day date NOT NULL,
    working boolean,
    note character varying NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by bigint NOT NULL
);
CREATE SEQUENCE work_days_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE work_days_id_seq OWNED BY work_days.id;
ALTER TABLE ONLY absences ALTER COLUMN id SET DEFAULT nextval('absences_id_seq'::regclass);
ALTER TABLE ONLY aliases ALTER COLUMN id SET DEFAULT nextval('aliases_id_seq'::regclass);
ALTER TABLE ONLY announcements ALTER COLUMN id SET DEFAULT nextval('announcements_id_seq'::regclass);
ALTER TABLE ONLY bulletins ALTER COLUMN id SET DEFAULT nextval('bulletins_id_seq'::regclass);
ALTER TABLE ONLY cards ALTER COLUMN id SET DEFAULT nextval('cards_id_seq'::regclass);
ALTER TABLE ONLY drafts ALTER COLUMN id SET DEFAULT nextval('drafts_id_seq'::regclass);
ALTER TABLE ONLY evidence ALTER COLUMN id SET DEFAULT nextval('evidence_id_seq'::regclass);
ALTER TABLE ONLY grants ALTER COLUMN id SET DEFAULT nextval('grants_id_seq'::regclass);
ALTER TABLE ONLY inbox ALTER COLUMN id SET DEFAULT nextval('inbox_id_seq'::regclass);
ALTER TABLE ONLY invitations ALTER COLUMN id SET DEFAULT nextval('invitations_id_seq'::regclass);
ALTER TABLE ONLY items ALTER COLUMN id SET DEFAULT nextval('items_id_seq'::regclass);
ALTER TABLE ONLY meetings ALTER COLUMN id SET DEFAULT nextval('meetings_id_seq'::regclass);
ALTER TABLE ONLY members ALTER COLUMN id SET DEFAULT nextval('members_id_seq'::regclass);
ALTER TABLE ONLY misses ALTER COLUMN id SET DEFAULT nextval('misses_id_seq'::regclass);
ALTER TABLE ONLY outbox ALTER COLUMN id SET DEFAULT nextval('outbox_id_seq'::regclass);
ALTER TABLE ONLY personal_reminders ALTER COLUMN id SET DEFAULT nextval('personal_reminders_id_seq'::regclass);
ALTER TABLE ONLY plan_periods ALTER COLUMN id SET DEFAULT nextval('plan_periods_id_seq'::regclass);
ALTER TABLE ONLY reports ALTER COLUMN id SET DEFAULT nextval('reports_id_seq'::regclass);
ALTER TABLE ONLY rule_settings ALTER COLUMN id SET DEFAULT nextval('rule_settings_id_seq'::regclass);
ALTER TABLE ONLY schedule ALTER COLUMN id SET DEFAULT nextval('schedule_id_seq'::regclass);
ALTER TABLE ONLY turns ALTER COLUMN id SET DEFAULT nextval('turns_id_seq'::regclass);
ALTER TABLE ONLY work_days ALTER COLUMN id SET DEFAULT nextval('work_days_id_seq'::regclass);
INSERT INTO alembic_version VALUES ('0011');
INSERT INTO audit VALUES (1, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:1', '{}', '0000000000000000000000000000000000000000000000000000000000000000', 'e782571e114b32ad5049392476a36c46d3a0e9cc34a4bdfcf64349c00578e6ab');
INSERT INTO audit VALUES (2, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:2', '{}', 'e782571e114b32ad5049392476a36c46d3a0e9cc34a4bdfcf64349c00578e6ab', 'd98c9df48c263f5c60fc7354eeda98ce9e442680da752bf40196d4a14a0b84d9');
INSERT INTO audit VALUES (3, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:3', '{}', 'd98c9df48c263f5c60fc7354eeda98ce9e442680da752bf40196d4a14a0b84d9', 'ebd8eec9898b6333b2737838e9836e506cf386137d9e30fb966b4889af1a0294');
INSERT INTO audit VALUES (4, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:4', '{}', 'ebd8eec9898b6333b2737838e9836e506cf386137d9e30fb966b4889af1a0294', 'b930c56dd2f6cff6fedc343e426ad871b75f1cdfe3bc30ead1792c7abdf16fdb');
INSERT INTO audit VALUES (5, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:5', '{}', 'b930c56dd2f6cff6fedc343e426ad871b75f1cdfe3bc30ead1792c7abdf16fdb', '3f5ca3df2090cae47248879a5ea4fdecc059be0d2c854aeb26a1bb124f168aaa');
INSERT INTO audit VALUES (6, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:6', '{}', '3f5ca3df2090cae47248879a5ea4fdecc059be0d2c854aeb26a1bb124f168aaa', '08ffcfbbb0a8c3c731a72bafad3114966edae345f7f4c73f2981cbdc20c2f6a2');
INSERT INTO audit VALUES (7, '2026-11-30 08:20:51.882447+00', 'system', 'seed', 'member:7', '{}', '08ffcfbbb0a8c3c731a72bafad3114966edae345f7f4c73f2981cbdc20c2f6a2', 'e9af90d4fa6eab3122554064e282785e012082543314ace248dd6234b28c1aeb');
INSERT INTO audit VALUES (8, '2026-11-30 08:20:54.555548+00', 'member:2', 'report', 'report:1', '{"status": "accepted", "corrects": null}', 'e9af90d4fa6eab3122554064e282785e012082543314ace248dd6234b28c1aeb', '049d72d0b8992dab254432d541aa924a7cb699193f5abefa61f3fa0bbe66c7d4');
INSERT INTO audit_head VALUES (1, 8, '049d72d0b8992dab254432d541aa924a7cb699193f5abefa61f3fa0bbe66c7d4');
INSERT INTO chats VALUES (510002, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00', false);
INSERT INTO chats VALUES (510003, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.688845+00', false);
INSERT INTO chats VALUES (510004, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00', false);
INSERT INTO chats VALUES (510005, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.86496+00', false);
INSERT INTO chats VALUES (510006, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.753862+00', false);
INSERT INTO chats VALUES (510007, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00', false);
INSERT INTO chats VALUES (510008, 'private', NULL, NULL, '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00', false);
INSERT INTO chats VALUES (510001, 'private', NULL, NULL, '2026-11-30 08:20:54.016417+00', '2026-11-30 08:20:54.016417+00', false);
INSERT INTO dialogs VALUES (510001, 510001, '{"turns":[{"query":{"want":"tasks","terms":[{"units":["市交通局"]}]},"tasks":["1.1","1.3","2.1","2.2","4.3","5.1","5.2","6.2","6.3"]}]}', '2026-11-30 20:20:54.016417+00');
INSERT INTO dialogs VALUES (510005, 510005, '{"turns":[{"query":{"want":"units","topic":[{"kind":"target","plan":"wuxue-2021-26","owner":"5.2","name":"5G基站"}]},"units":["市科经局","市政数局","市发改局","市委网信办","市商务局","市交通局","市公安局","市教育局","市卫健局","市农业农村局","市水利和湖泊局","市经济开发区","田镇“两型”社会建设循环经济试验区","各镇","各街道"]}]}', '2026-11-30 20:20:54.86496+00');
INSERT INTO drafts VALUES (1, 510003, 510003, 1796026857, 1, '{}', false, '2026-11-30 10:20:54.460979+00');
INSERT INTO drafts VALUES (2, 510003, 510003, 1796026863, 1, '{"items": [{"kind": "target", "name": "5G\u57fa\u7ad9", "plan": "wuxue-2021-26", "task": "5.2", "says": "reading", "value": "6.2E+2", "measure": null, "state": null, "as_of": null, "approx": false, "said": "5G\u57fa\u7ad9\u5efa\u6210620\u4e2a", "note": "", "corrects": null}], "text": "5G\u57fa\u7ad9\u5efa\u6210620\u4e2a", "done": 0, "told": null}', true, '2026-11-30 10:20:54.688845+00');
INSERT INTO grants VALUES (1, 1, 'liaison', 'wuxue-2021-26', '市交通局', NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (2, 2, 'liaison', 'wuxue-2021-26', '市科经局', NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (3, 3, 'liaison', 'wuxue-2021-26', '梅川镇', NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (4, 4, 'supervisor', 'wuxue-2021-26', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (5, 5, 'office', 'wuxue-2021-26', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (6, 6, 'head', 'wuxue-2021-26', '市科经局', NULL, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (7, 7, 'leader', 'wuxue-2021-26', NULL, 5, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO grants VALUES (8, 7, 'leader', 'wuxue-2021-26', NULL, 6, '2026-11-30 08:20:51.882447+00', NULL);
INSERT INTO inbox VALUES (1, 5100000001, 1796026855, 510001, '2026-11-30 08:20:53.939925+00', 'replied', 0, NULL, NULL, NULL);
INSERT INTO inbox VALUES (2, 5100000001, 1796026858, 510003, '2026-11-30 08:20:54.429698+00', 'replied', 0, NULL, NULL, NULL);
INSERT INTO inbox VALUES (3, 5100000001, 1796026861, 510003, '2026-11-30 08:20:54.547399+00', 'replied', 0, NULL, NULL, NULL);
INSERT INTO inbox VALUES (4, 5100000001, 1796026864, 510003, '2026-11-30 08:20:54.668592+00', 'replied', 0, NULL, NULL, NULL);
INSERT INTO inbox VALUES (5, 5100000001, 1796026867, 510006, '2026-11-30 08:20:54.737275+00', 'replied', 0, NULL, NULL, NULL);
INSERT INTO inbox VALUES (6, 5100000001, 1796026870, 510005, '2026-11-30 08:20:54.780364+00', 'effect', 0, NULL, '[{"chat": 510005, "html": "<b>5G\u57fa\u7ad9\uff1a\u9996\u5217\u5e02\u79d1\u7ecf\u5c40\uff0c\u5171 15 \u5bb6\u8d23\u4efb\u5355\u4f4d\uff0c\u5df2\u5168\u90e8\u5217\u51fa</b>\n\u5e02\u79d1\u7ecf\u5c40\u3001\u5e02\u653f\u6570\u5c40\u3001\u5e02\u53d1\u6539\u5c40\u3001\u5e02\u59d4\u7f51\u4fe1\u529e\u3001\u5e02\u5546\u52a1\u5c40\u3001\u5e02\u4ea4\u901a\u5c40\u3001\u5e02\u516c\u5b89\u5c40\u3001\u5e02\u6559\u80b2\u5c40\u3001\u5e02\u536b\u5065\u5c40\u3001\u5e02\u519c\u4e1a\u519c\u6751\u5c40\u3001\u5e02\u6c34\u5229\u548c\u6e56\u6cca\u5c40\u3001\u5e02\u7ecf\u6d4e\u5f00\u53d1\u533a\u3001\u7530\u9547\u201c\u4e24\u578b\u201d\u793e\u4f1a\u5efa\u8bbe\u5faa\u73af\u7ecf\u6d4e\u8bd5\u9a8c\u533a\u3001\u5404\u9547\u3001\u5404\u8857\u9053\n\u65b9\u6848\u672a\u5199\u660e\u7275\u5934\uff0c\u6309\u9996\u5217\u5355\u4f4d\u3002\n\u8d23\u4efb\u5728\u4efb\u52a1 5.2 \u52a0\u5f3a\u65b0\u578b\u57fa\u7840\u8bbe\u65bd\u5efa\u8bbe\uff0c\u65b9\u6848\u672a\u5206\u5230\u5177\u4f53\u4e3e\u63aa\u3002\n\ud83d\udfe2 \u7eff\uff1a590 \u4e2a\uff0c\u5b8c\u6210 84.3%\uff0c\u6bd4\u5e8f\u65f6\u8fdb\u5ea6\uff0862.3%\uff09\u5feb 22 \u4e2a\u767e\u5206\u70b9\n\u586b\u62a5 590 \u4e2a\uff08\u5e02\u79d1\u7ecf\u5c40\uff0c2\u670828\u65e5\uff09\n\u51fa\u5904\uff1a\u4e09\uff08\u4e94\uff092", "asked_at": "2026-11-30T08:20:54Z", "keyboard": [[["\u76ee\u6807", "1:7:0"], ["5.2 \u8be6\u60c5", "1:7:1"], ["\u8fdb\u5c55", "1:7:2"]], [["\ud83d\udc4d \u6709\u7528", "1:7:y"], ["\ud83d\udc4e \u4e0d\u5bf9", "1:7:n"]]], "reply_to": null, "turn": 7, "code": "", "kind": "send"}]', NULL);
INSERT INTO inbox VALUES (7, 5100000001, 1796026872, 510002, '2026-11-30 08:20:55.06884+00', 'new', 0, '{"update_id": 1796026872, "message": {"message_id": 1796026871, "from": {"id": 510002, "is_bot": false, "first_name": "\u5e02\u4ea4\u901a\u5c40\u8054\u7edc\u5458", "language_code": "zh-hans"}, "chat": {"id": 510002, "type": "private", "first_name": "\u5e02\u4ea4\u901a\u5c40\u8054\u7edc\u5458"}, "date": 1796026855, "text": "\u957f\u6c5f\u5927\u4fdd\u62a4\u8c01\u7275\u5934"}}', NULL, NULL);
INSERT INTO members VALUES (1, 510002, '市交通局联络员', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (2, 510003, '市科经局联络员', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (3, 510004, '梅川镇联络员', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (4, 510005, '督查室', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (5, 510006, '领导小组办公室', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (6, 510007, '市科经局负责人', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO members VALUES (7, 510008, '分管领导', NULL, NULL, '2026-11-30 08:20:51.882447+00', NULL, NULL);
INSERT INTO outbox VALUES (1, 'notice:member 1:等着发的', 'wuxue-2021-26', 1, 510002, 'notice', 1, '等着发的', NULL, NULL, NULL, NULL, '2026-11-30 08:20:55.09185+00', NULL, 'queued', 1, 0, '2026-11-30 08:20:55.09185+00', 1, NULL, NULL, NULL, NULL);
INSERT INTO outbox VALUES (2, 'reminder:member 1:正在发的', 'wuxue-2021-26', 1, 510002, 'reminder', 2, '正在发的', NULL, NULL, NULL, NULL, '2026-11-30 08:20:55.09185+00', NULL, 'sending', 1, 0, '2026-11-30 08:20:55.09185+00', 1, NULL, NULL, NULL, NULL);
INSERT INTO outbox VALUES (3, 'announcement:member 1:不知发到没有的', 'wuxue-2021-26', 1, 510002, 'announcement', 1, '不知发到没有的', NULL, NULL, NULL, NULL, '2026-11-30 08:20:55.09185+00', NULL, 'uncertain', 1, 0, '2026-11-30 08:20:55.09185+00', 1, NULL, NULL, NULL, 'no_answer');
INSERT INTO persons VALUES (510002, '市交通局联络员', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00');
INSERT INTO persons VALUES (510003, '市科经局联络员', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.688845+00');
INSERT INTO persons VALUES (510004, '梅川镇联络员', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00');
INSERT INTO persons VALUES (510005, '督查室', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.86496+00');
INSERT INTO persons VALUES (510006, '领导小组办公室', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:54.753862+00');
INSERT INTO persons VALUES (510007, '市科经局负责人', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00');
INSERT INTO persons VALUES (510008, '分管领导', '2026-11-30 08:20:51.882447+00', '2026-11-30 08:20:51.882447+00');
INSERT INTO persons VALUES (510001, '访客', '2026-11-30 08:20:54.016417+00', '2026-11-30 08:20:54.016417+00');
INSERT INTO prompts VALUES (510006, 510006, '/announce', '2026-11-30 08:30:54.753862+00');
INSERT INTO report_versions VALUES ('wuxue-2021-26', '5.2', '5G基站', 727922364325927057);
INSERT INTO reports VALUES (1, 'wuxue-2021-26', '5.2', 'target', '5G基站', '市科经局', 'reading', 590.000000, NULL, false, NULL, '', '5G基站建成590个', '2023-02-28', '2026-11-30 08:20:54.555548+00', 2, NULL, 1, 'accepted', '2026-11-30 08:20:54.555548+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO schedule VALUES (1, 'wuxue-2021-26', 'deadline', '1.1/技改项目', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (2, 'wuxue-2021-26', 'deadline', '1.1/医药化工产业总产值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (3, 'wuxue-2021-26', 'deadline', '1.1/新型建材产业总产值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (4, 'wuxue-2021-26', 'deadline', '1.1/电子信息产业总产值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (5, 'wuxue-2021-26', 'deadline', '1.2/园区新增10亿元以上重点项目', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (6, 'wuxue-2021-26', 'deadline', '1.2/园区新增规上企业', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (7, 'wuxue-2021-26', 'deadline', '1.3/新增规上服务业企业', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (8, 'wuxue-2021-26', 'deadline', '1.3/服务业增加值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (9, 'wuxue-2021-26', 'deadline', '2.2/省级示范型美丽城镇', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (10, 'wuxue-2021-26', 'deadline', '2.2/擦亮小城镇达标比例', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (11, 'wuxue-2021-26', 'deadline', '2.2/常住人口城镇化率', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (12, 'wuxue-2021-26', 'deadline', '3.1/省级以上龙头企业', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (13, 'wuxue-2021-26', 'deadline', '3.1/农业总产值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (14, 'wuxue-2021-26', 'deadline', '3.1/农产品加工业产值与农业总产值的比值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (15, 'wuxue-2021-26', 'deadline', '3.1/产值过20亿元的市域品牌', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (16, 'wuxue-2021-26', 'deadline', '3.1/产值过5亿元的市域品牌', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (17, 'wuxue-2021-26', 'deadline', '3.1/省级现代农业产业强镇', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (18, 'wuxue-2021-26', 'deadline', '3.1/省级示范家庭农场', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (19, 'wuxue-2021-26', 'deadline', '3.1/规模种养大户', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (20, 'wuxue-2021-26', 'deadline', '3.2/乡村普惠性幼儿园覆盖率', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (21, 'wuxue-2021-26', 'deadline', '3.2/乡镇区域养老服务中心覆盖率', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (22, 'wuxue-2021-26', 'deadline', '3.2/农村生活不能自理特困人员集中供养率', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (23, 'wuxue-2021-26', 'deadline', '3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (24, 'wuxue-2021-26', 'deadline', '5.2/5G基站', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (25, 'wuxue-2021-26', 'deadline', '二/地区生产总值', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (26, 'wuxue-2021-26', 'deadline', '二/工业增加值占地区生产总值比重', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (27, 'wuxue-2021-26', 'deadline', '二/累计完成固定资产投资', '2023-09-28 01:00:00+00', '2023-12-31-90', NULL);
INSERT INTO schedule VALUES (28, 'wuxue-2021-26', 'overdue', '1.1/技改项目', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (29, 'wuxue-2021-26', 'overdue', '1.1/医药化工产业总产值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (30, 'wuxue-2021-26', 'overdue', '1.1/新型建材产业总产值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (31, 'wuxue-2021-26', 'overdue', '1.1/电子信息产业总产值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (32, 'wuxue-2021-26', 'overdue', '1.2/园区新增10亿元以上重点项目', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (33, 'wuxue-2021-26', 'overdue', '1.2/园区新增规上企业', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (34, 'wuxue-2021-26', 'overdue', '1.3/新增规上服务业企业', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (35, 'wuxue-2021-26', 'overdue', '1.3/服务业增加值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (36, 'wuxue-2021-26', 'overdue', '2.2/省级示范型美丽城镇', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (37, 'wuxue-2021-26', 'overdue', '2.2/擦亮小城镇达标比例', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (38, 'wuxue-2021-26', 'overdue', '2.2/常住人口城镇化率', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (39, 'wuxue-2021-26', 'overdue', '3.1/省级以上龙头企业', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (40, 'wuxue-2021-26', 'overdue', '3.1/农业总产值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (41, 'wuxue-2021-26', 'overdue', '3.1/农产品加工业产值与农业总产值的比值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (42, 'wuxue-2021-26', 'overdue', '3.1/产值过20亿元的市域品牌', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (43, 'wuxue-2021-26', 'overdue', '3.1/产值过5亿元的市域品牌', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (44, 'wuxue-2021-26', 'overdue', '3.1/省级现代农业产业强镇', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (45, 'wuxue-2021-26', 'overdue', '3.1/省级示范家庭农场', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (46, 'wuxue-2021-26', 'overdue', '3.1/规模种养大户', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (47, 'wuxue-2021-26', 'overdue', '3.2/乡村普惠性幼儿园覆盖率', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (48, 'wuxue-2021-26', 'overdue', '3.2/乡镇区域养老服务中心覆盖率', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (49, 'wuxue-2021-26', 'overdue', '3.2/农村生活不能自理特困人员集中供养率', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (50, 'wuxue-2021-26', 'overdue', '3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (51, 'wuxue-2021-26', 'overdue', '5.2/5G基站', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (52, 'wuxue-2021-26', 'overdue', '二/地区生产总值', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (53, 'wuxue-2021-26', 'overdue', '二/工业增加值占地区生产总值比重', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (54, 'wuxue-2021-26', 'overdue', '二/累计完成固定资产投资', '2024-01-08 01:00:00+00', '2023-12-31+1', NULL);
INSERT INTO schedule VALUES (55, 'wuxue-2021-26', 'given_up', '1.1/技改项目', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (56, 'wuxue-2021-26', 'given_up', '1.1/医药化工产业总产值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (57, 'wuxue-2021-26', 'given_up', '1.1/新型建材产业总产值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (58, 'wuxue-2021-26', 'given_up', '1.1/电子信息产业总产值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (59, 'wuxue-2021-26', 'given_up', '1.2/园区新增10亿元以上重点项目', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (60, 'wuxue-2021-26', 'given_up', '1.2/园区新增规上企业', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (61, 'wuxue-2021-26', 'given_up', '1.3/新增规上服务业企业', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (62, 'wuxue-2021-26', 'given_up', '1.3/服务业增加值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (63, 'wuxue-2021-26', 'given_up', '2.2/省级示范型美丽城镇', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (64, 'wuxue-2021-26', 'given_up', '2.2/擦亮小城镇达标比例', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (65, 'wuxue-2021-26', 'given_up', '2.2/常住人口城镇化率', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (66, 'wuxue-2021-26', 'given_up', '3.1/省级以上龙头企业', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (67, 'wuxue-2021-26', 'given_up', '3.1/农业总产值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (68, 'wuxue-2021-26', 'given_up', '3.1/农产品加工业产值与农业总产值的比值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (69, 'wuxue-2021-26', 'given_up', '3.1/产值过20亿元的市域品牌', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (70, 'wuxue-2021-26', 'given_up', '3.1/产值过5亿元的市域品牌', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (71, 'wuxue-2021-26', 'given_up', '3.1/省级现代农业产业强镇', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (72, 'wuxue-2021-26', 'given_up', '3.1/省级示范家庭农场', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (73, 'wuxue-2021-26', 'given_up', '3.1/规模种养大户', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (74, 'wuxue-2021-26', 'given_up', '3.2/乡村普惠性幼儿园覆盖率', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (75, 'wuxue-2021-26', 'given_up', '3.2/乡镇区域养老服务中心覆盖率', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (76, 'wuxue-2021-26', 'given_up', '3.2/农村生活不能自理特困人员集中供养率', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (77, 'wuxue-2021-26', 'given_up', '3.2/公益性公墓(骨灰堂)覆盖乡镇中心村比例', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (78, 'wuxue-2021-26', 'given_up', '5.2/5G基站', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (79, 'wuxue-2021-26', 'given_up', '二/地区生产总值', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (80, 'wuxue-2021-26', 'given_up', '二/工业增加值占地区生产总值比重', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (81, 'wuxue-2021-26', 'given_up', '二/累计完成固定资产投资', '2024-03-04 01:00:00+00', '2023-12-31+9', NULL);
INSERT INTO schedule VALUES (82, 'wuxue-2021-26', 'due', 'monthly', '2023-04-25 01:00:00+00', '2023-04/0', NULL);
INSERT INTO schedule VALUES (83, 'wuxue-2021-26', 'due', 'quarterly', '2023-04-20 01:00:00+00', '2023-Q1/0', NULL);
INSERT INTO schedule VALUES (84, 'wuxue-2021-26', 'due', 'half-yearly', '2023-07-20 01:00:00+00', '2023-H1/0', NULL);
INSERT INTO schedule VALUES (85, 'wuxue-2021-26', 'due', 'yearly', '2024-01-19 01:00:00+00', '2023/0', NULL);
INSERT INTO schedule VALUES (86, 'wuxue-2021-26', 'opens', 'monthly', '2023-04-20 01:00:00+00', '2023-04/5', NULL);
INSERT INTO schedule VALUES (87, 'wuxue-2021-26', 'opens', 'quarterly', '2023-04-14 01:00:00+00', '2023-Q1/5', NULL);
INSERT INTO schedule VALUES (88, 'wuxue-2021-26', 'opens', 'half-yearly', '2023-07-14 01:00:00+00', '2023-H1/5', NULL);
INSERT INTO schedule VALUES (89, 'wuxue-2021-26', 'opens', 'yearly', '2024-01-15 01:00:00+00', '2023/5', NULL);
INSERT INTO schedule VALUES (90, 'wuxue-2021-26', 'late', 'monthly', '2023-04-26 01:00:00+00', '2023-04/1', NULL);
INSERT INTO schedule VALUES (91, 'wuxue-2021-26', 'late', 'quarterly', '2023-04-21 01:00:00+00', '2023-Q1/1', NULL);
INSERT INTO schedule VALUES (92, 'wuxue-2021-26', 'late', 'half-yearly', '2023-07-21 01:00:00+00', '2023-H1/1', NULL);
INSERT INTO schedule VALUES (93, 'wuxue-2021-26', 'late', 'yearly', '2024-01-22 01:00:00+00', '2023/1', NULL);
INSERT INTO schedule VALUES (94, 'wuxue-2021-26', 'late_unit', 'monthly', '2023-04-27 01:00:00+00', '2023-04/2', NULL);
INSERT INTO schedule VALUES (95, 'wuxue-2021-26', 'late_unit', 'quarterly', '2023-04-23 01:00:00+00', '2023-Q1/2', NULL);
INSERT INTO schedule VALUES (96, 'wuxue-2021-26', 'late_unit', 'half-yearly', '2023-07-24 01:00:00+00', '2023-H1/2', NULL);
INSERT INTO schedule VALUES (97, 'wuxue-2021-26', 'late_unit', 'yearly', '2024-01-23 01:00:00+00', '2023/2', NULL);
INSERT INTO schedule VALUES (98, 'wuxue-2021-26', 'late_head', 'monthly', '2023-04-28 01:00:00+00', '2023-04/3', NULL);
INSERT INTO schedule VALUES (99, 'wuxue-2021-26', 'late_head', 'quarterly', '2023-04-24 01:00:00+00', '2023-Q1/3', NULL);
INSERT INTO schedule VALUES (100, 'wuxue-2021-26', 'late_head', 'half-yearly', '2023-07-25 01:00:00+00', '2023-H1/3', NULL);
INSERT INTO schedule VALUES (101, 'wuxue-2021-26', 'late_head', 'yearly', '2024-01-24 01:00:00+00', '2023/3', NULL);
INSERT INTO schedule VALUES (102, 'wuxue-2021-26', 'closes', 'monthly', '2023-05-05 01:00:00+00', '2023-04/5', NULL);
INSERT INTO schedule VALUES (103, 'wuxue-2021-26', 'closes', 'quarterly', '2023-04-26 01:00:00+00', '2023-Q1/5', NULL);
INSERT INTO schedule VALUES (104, 'wuxue-2021-26', 'closes', 'half-yearly', '2023-07-27 01:00:00+00', '2023-H1/5', NULL);
INSERT INTO schedule VALUES (105, 'wuxue-2021-26', 'closes', 'yearly', '2024-01-26 01:00:00+00', '2023/5', NULL);
INSERT INTO schedule VALUES (106, 'wuxue-2021-26', 'projects_call', '', '2023-04-03 01:00:00+00', '2023-04-03', NULL);
INSERT INTO schedule VALUES (107, 'wuxue-2021-26', 'projects_list', '', '2023-04-04 01:00:00+00', '2023-04-04', NULL);
INSERT INTO schedule VALUES (108, 'wuxue-2021-26', 'unowned', '', '2023-04-03 01:00:00+00', '2023-04-01', NULL);
INSERT INTO schedule VALUES (109, 'wuxue-2021-26', 'no_meeting', '', '2023-04-06 01:00:00+00', '2023-04-05', NULL);
INSERT INTO schedule VALUES (110, 'wuxue-2021-26', 'draft', 'quarterly', '2023-04-26 01:00:00+00', '2023-Q1/5', NULL);
INSERT INTO schedule VALUES (111, 'wuxue-2021-26', 'draft', 'half-yearly', '2023-07-27 01:00:00+00', '2023-H1/5', NULL);
INSERT INTO schedule VALUES (112, 'wuxue-2021-26', 'draft', 'yearly', '2024-01-26 01:00:00+00', '2023/5', NULL);
INSERT INTO turns VALUES (1, 510001, 510001, 1796026854, 1796026856, '市交通局负责哪些任务', '', '["\u5e02\u4ea4\u901a\u5c40\u7275\u5934\u54ea\u4e9b\u4efb\u52a1", "\u5e02\u4ea4\u901a\u5c40\u6709\u54ea\u4e9b\u76ee\u6807", "4.3\u8bb2\u4ec0\u4e48"]', '2026-11-01 08:20:55.076429+00');
INSERT INTO turns VALUES (2, 510003, 510003, 1796026857, 1796026859, '', '', '["/report #1.1 \u786e\u8ba4", "/report #1.1 \u6539\u6570", "/report #1.1 \u6539\u65e5\u671f", "/report #1.1 \u6362\u4e00\u9879", "/report #1.1 \u52a0\u8bf4\u660e", "/report #1.1 \u53d6\u6d88"]', '2026-11-30 08:20:54.460979+00');
INSERT INTO turns VALUES (3, 510003, 510003, NULL, NULL, '/report #1.1 确认', 'turn 2', '[]', '2026-11-30 08:20:54.555548+00');
INSERT INTO turns VALUES (4, 510003, 510003, NULL, 1796026862, '', '', '["/evidence 1", "/withdraw 1", "/report"]', '2026-11-30 08:20:54.555548+00');
INSERT INTO turns VALUES (5, 510003, 510003, 1796026863, 1796026865, '', '', '["/report #2.1 \u786e\u8ba4", "/report #2.1 \u6539\u6570", "/report #2.1 \u6539\u65e5\u671f", "/report #2.1 \u6362\u4e00\u9879", "/report #2.1 \u52a0\u8bf4\u660e", "/report #2.1 \u53d6\u6d88"]', '2026-11-30 08:20:54.688845+00');
INSERT INTO turns VALUES (6, 510006, 510006, 1796026866, 1796026868, '', '', '[]', '2026-11-30 08:20:54.753862+00');
INSERT INTO turns VALUES (7, 510005, 510005, 1796026869, NULL, '5G基站谁负责', '', '["5.2\u7684\u76ee\u6807", "5.2\u8bb2\u4ec0\u4e48", "5.2\u76845G\u57fa\u7ad9\u8fdb\u5c55"]', '2026-11-30 08:20:54.86496+00');
SELECT pg_catalog.setval('absences_id_seq', 1, false);
SELECT pg_catalog.setval('aliases_id_seq', 1, false);
SELECT pg_catalog.setval('announcements_id_seq', 1, false);
SELECT pg_catalog.setval('bulletins_id_seq', 1, false);
SELECT pg_catalog.setval('cards_id_seq', 1, false);
SELECT pg_catalog.setval('drafts_id_seq', 3, false);
SELECT pg_catalog.setval('evidence_id_seq', 1, false);
SELECT pg_catalog.setval('grants_id_seq', 9, false);
SELECT pg_catalog.setval('inbox_id_seq', 8, false);
SELECT pg_catalog.setval('invitations_id_seq', 1, false);
SELECT pg_catalog.setval('items_id_seq', 1, false);
SELECT pg_catalog.setval('meetings_id_seq', 1, false);
SELECT pg_catalog.setval('members_id_seq', 8, false);
SELECT pg_catalog.setval('misses_id_seq', 1, false);
SELECT pg_catalog.setval('outbox_id_seq', 4, false);
SELECT pg_catalog.setval('personal_reminders_id_seq', 1, false);
SELECT pg_catalog.setval('plan_periods_id_seq', 1, false);
SELECT pg_catalog.setval('reports_id_seq', 2, false);
SELECT pg_catalog.setval('rule_settings_id_seq', 1, false);
SELECT pg_catalog.setval('schedule_id_seq', 113, false);
SELECT pg_catalog.setval('turns_id_seq', 8, false);
SELECT pg_catalog.setval('work_days_id_seq', 1, false);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY absences
    ADD CONSTRAINT pk_absences PRIMARY KEY (id);
ALTER TABLE ONLY aliases
    ADD CONSTRAINT pk_aliases PRIMARY KEY (id);
ALTER TABLE ONLY announcements
    ADD CONSTRAINT pk_announcements PRIMARY KEY (id);
ALTER TABLE ONLY audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (number);
ALTER TABLE ONLY audit_head
    ADD CONSTRAINT pk_audit_head PRIMARY KEY (id);
ALTER TABLE ONLY bulletins
    ADD CONSTRAINT pk_bulletins PRIMARY KEY (id);
ALTER TABLE ONLY cards
    ADD CONSTRAINT pk_cards PRIMARY KEY (id);
ALTER TABLE ONLY chats
    ADD CONSTRAINT pk_chats PRIMARY KEY (id);
ALTER TABLE ONLY dialogs
    ADD CONSTRAINT pk_dialogs PRIMARY KEY (chat_id, person_id);
ALTER TABLE ONLY drafts
    ADD CONSTRAINT pk_drafts PRIMARY KEY (id);
ALTER TABLE ONLY evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (id);
ALTER TABLE ONLY grants
    ADD CONSTRAINT pk_grants PRIMARY KEY (id);
ALTER TABLE ONLY inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT pk_invitations PRIMARY KEY (id);
ALTER TABLE ONLY items
    ADD CONSTRAINT pk_items PRIMARY KEY (id);
ALTER TABLE ONLY meetings
    ADD CONSTRAINT pk_meetings PRIMARY KEY (id);
ALTER TABLE ONLY members
    ADD CONSTRAINT pk_members PRIMARY KEY (id);
ALTER TABLE ONLY misses
    ADD CONSTRAINT pk_misses PRIMARY KEY (id);
ALTER TABLE ONLY mutes
    ADD CONSTRAINT pk_mutes PRIMARY KEY (member_id, plan, task);
ALTER TABLE ONLY outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY personal_reminders
    ADD CONSTRAINT pk_personal_reminders PRIMARY KEY (id);
ALTER TABLE ONLY persons
    ADD CONSTRAINT pk_persons PRIMARY KEY (id);
ALTER TABLE ONLY plan_periods
    ADD CONSTRAINT pk_plan_periods PRIMARY KEY (id);
ALTER TABLE ONLY prompts
    ADD CONSTRAINT pk_prompts PRIMARY KEY (chat_id, person_id);
ALTER TABLE ONLY recipients
    ADD CONSTRAINT pk_recipients PRIMARY KEY (announcement_id, member_id);
ALTER TABLE ONLY report_versions
    ADD CONSTRAINT pk_report_versions PRIMARY KEY (plan, task, name);
ALTER TABLE ONLY reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (id);
ALTER TABLE ONLY rule_settings
    ADD CONSTRAINT pk_rule_settings PRIMARY KEY (id);
ALTER TABLE ONLY schedule
    ADD CONSTRAINT pk_schedule PRIMARY KEY (id);
ALTER TABLE ONLY subscriptions
    ADD CONSTRAINT pk_subscriptions PRIMARY KEY (member_id);
ALTER TABLE ONLY turns
    ADD CONSTRAINT pk_turns PRIMARY KEY (id);
ALTER TABLE ONLY work_days
    ADD CONSTRAINT pk_work_days PRIMARY KEY (id);
ALTER TABLE ONLY bulletins
    ADD CONSTRAINT uq_bulletins_plan_kind_label UNIQUE (plan, kind, label);
ALTER TABLE ONLY inbox
    ADD CONSTRAINT uq_inbox_bot_id_update_id UNIQUE (bot_id, update_id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT uq_invitations_digest UNIQUE (digest);
ALTER TABLE ONLY items
    ADD CONSTRAINT uq_items_plan_rule_subject_member_id_occurrence UNIQUE (plan, rule, subject, member_id, occurrence);
ALTER TABLE ONLY members
    ADD CONSTRAINT uq_members_telegram_id UNIQUE (telegram_id);
ALTER TABLE ONLY misses
    ADD CONSTRAINT uq_misses_plan_text_why UNIQUE (plan, text, why);
ALTER TABLE ONLY outbox
    ADD CONSTRAINT uq_outbox_key UNIQUE (key);
ALTER TABLE ONLY schedule
    ADD CONSTRAINT uq_schedule_plan_rule_subject UNIQUE (plan, rule, subject);
CREATE INDEX ix_absences_member_id ON absences USING btree (member_id);
CREATE INDEX ix_absences_stand_in_id ON absences USING btree (stand_in_id);
CREATE UNIQUE INDEX ix_aliases_held ON aliases USING btree (plan, said) WHERE (ended_at IS NULL);
CREATE INDEX ix_cards_plan_task_target ON cards USING btree (plan, task, target);
CREATE INDEX ix_drafts_chat_id_person_id ON drafts USING btree (chat_id, person_id);
CREATE INDEX ix_evidence_draft_id ON evidence USING btree (draft_id);
CREATE INDEX ix_evidence_report_id ON evidence USING btree (report_id);
CREATE INDEX ix_grants_held ON grants USING btree (plan, unit, role) WHERE (until IS NULL);
CREATE INDEX ix_grants_member_id ON grants USING btree (member_id);
CREATE INDEX ix_inbox_unfinished ON inbox USING btree (bot_id, chat_id, id) WHERE ((state)::text = ANY ((ARRAY['new'::character varying, 'effect'::character varying])::text[]));
CREATE INDEX ix_items_member_id_planned ON items USING btree (member_id, planned);
CREATE INDEX ix_items_message_id ON items USING btree (message_id);
CREATE INDEX ix_items_waiting ON items USING btree (due) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX ix_meetings_plan_day ON meetings USING btree (plan, day);
CREATE INDEX ix_misses_state ON misses USING btree (state);
CREATE INDEX ix_outbox_expiring ON outbox USING btree (expires_at) WHERE ((state)::text = 'queued'::text);
CREATE INDEX ix_outbox_plan_state_sent_day ON outbox USING btree (plan, state, sent_day);
CREATE INDEX ix_outbox_queued ON outbox USING btree (priority, id) WHERE ((state)::text = 'queued'::text);
CREATE INDEX ix_outbox_repeated ON outbox USING btree (plan, created_at) WHERE (repeats > 0);
CREATE INDEX ix_outbox_sending ON outbox USING btree (worker) WHERE ((state)::text = 'sending'::text);
CREATE INDEX ix_outbox_troubled ON outbox USING btree (plan, id) WHERE ((state)::text = ANY ((ARRAY['failed'::character varying, 'uncertain'::character varying])::text[]));
CREATE INDEX ix_personal_reminders_open ON personal_reminders USING btree (member_id) WHERE (ended_at IS NULL);
CREATE INDEX ix_plan_periods_plan ON plan_periods USING btree (plan);
CREATE INDEX ix_reports_author_id_id ON reports USING btree (author_id, id);
CREATE INDEX ix_reports_draft_id ON reports USING btree (draft_id);
CREATE INDEX ix_reports_pending ON reports USING btree (plan) WHERE ((status)::text = 'pending'::text);
CREATE INDEX ix_reports_plan_task_name ON reports USING btree (plan, task, name);
CREATE INDEX ix_rule_settings_plan_rule ON rule_settings USING btree (plan, rule);
CREATE INDEX ix_schedule_next_due ON schedule USING btree (next_due);
CREATE INDEX ix_turns_chat_id_message_id ON turns USING btree (chat_id, message_id);
CREATE INDEX ix_work_days_day ON work_days USING btree (day);
ALTER TABLE ONLY absences
    ADD CONSTRAINT fk_absences_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY absences
    ADD CONSTRAINT fk_absences_stand_in_id_members FOREIGN KEY (stand_in_id) REFERENCES members(id);
ALTER TABLE ONLY aliases
    ADD CONSTRAINT fk_aliases_added_by_members FOREIGN KEY (added_by) REFERENCES members(id);
ALTER TABLE ONLY announcements
    ADD CONSTRAINT fk_announcements_made_by_members FOREIGN KEY (made_by) REFERENCES members(id);
ALTER TABLE ONLY announcements
    ADD CONSTRAINT fk_announcements_recalled_by_members FOREIGN KEY (recalled_by) REFERENCES members(id);
ALTER TABLE ONLY bulletins
    ADD CONSTRAINT fk_bulletins_released_by_members FOREIGN KEY (released_by) REFERENCES members(id);
ALTER TABLE ONLY cards
    ADD CONSTRAINT fk_cards_set_by_members FOREIGN KEY (set_by) REFERENCES members(id);
ALTER TABLE ONLY dialogs
    ADD CONSTRAINT fk_dialogs_chat_id_chats FOREIGN KEY (chat_id) REFERENCES chats(id);
ALTER TABLE ONLY dialogs
    ADD CONSTRAINT fk_dialogs_person_id_persons FOREIGN KEY (person_id) REFERENCES persons(id);
ALTER TABLE ONLY drafts
    ADD CONSTRAINT fk_drafts_chat_id_chats FOREIGN KEY (chat_id) REFERENCES chats(id);
ALTER TABLE ONLY drafts
    ADD CONSTRAINT fk_drafts_person_id_persons FOREIGN KEY (person_id) REFERENCES persons(id);
ALTER TABLE ONLY evidence
    ADD CONSTRAINT fk_evidence_author_id_members FOREIGN KEY (author_id) REFERENCES members(id);
ALTER TABLE ONLY evidence
    ADD CONSTRAINT fk_evidence_report_id_reports FOREIGN KEY (report_id) REFERENCES reports(id);
ALTER TABLE ONLY grants
    ADD CONSTRAINT fk_grants_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT fk_invitations_heir_of_members FOREIGN KEY (heir_of) REFERENCES members(id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT fk_invitations_made_by_members FOREIGN KEY (made_by) REFERENCES members(id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT fk_invitations_used_by_members FOREIGN KEY (used_by) REFERENCES members(id);
ALTER TABLE ONLY items
    ADD CONSTRAINT fk_items_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY items
    ADD CONSTRAINT fk_items_message_id_outbox FOREIGN KEY (message_id) REFERENCES outbox(id);
ALTER TABLE ONLY meetings
    ADD CONSTRAINT fk_meetings_set_by_members FOREIGN KEY (set_by) REFERENCES members(id);
ALTER TABLE ONLY mutes
    ADD CONSTRAINT fk_mutes_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY outbox
    ADD CONSTRAINT fk_outbox_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY personal_reminders
    ADD CONSTRAINT fk_personal_reminders_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY plan_periods
    ADD CONSTRAINT fk_plan_periods_set_by_members FOREIGN KEY (set_by) REFERENCES members(id);
ALTER TABLE ONLY prompts
    ADD CONSTRAINT fk_prompts_chat_id_chats FOREIGN KEY (chat_id) REFERENCES chats(id);
ALTER TABLE ONLY prompts
    ADD CONSTRAINT fk_prompts_person_id_persons FOREIGN KEY (person_id) REFERENCES persons(id);
ALTER TABLE ONLY recipients
    ADD CONSTRAINT fk_recipients_announcement_id_announcements FOREIGN KEY (announcement_id) REFERENCES announcements(id);
ALTER TABLE ONLY recipients
    ADD CONSTRAINT fk_recipients_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_accepted_by_members FOREIGN KEY (accepted_by) REFERENCES members(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_approved_by_members FOREIGN KEY (approved_by) REFERENCES members(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_author_id_members FOREIGN KEY (author_id) REFERENCES members(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_checked_by_members FOREIGN KEY (checked_by) REFERENCES members(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_corrects_id_reports FOREIGN KEY (corrects_id) REFERENCES reports(id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT fk_reports_ended_by_members FOREIGN KEY (ended_by) REFERENCES members(id);
ALTER TABLE ONLY rule_settings
    ADD CONSTRAINT fk_rule_settings_set_by_members FOREIGN KEY (set_by) REFERENCES members(id);
ALTER TABLE ONLY subscriptions
    ADD CONSTRAINT fk_subscriptions_member_id_members FOREIGN KEY (member_id) REFERENCES members(id);
ALTER TABLE ONLY turns
    ADD CONSTRAINT fk_turns_chat_id_chats FOREIGN KEY (chat_id) REFERENCES chats(id);
ALTER TABLE ONLY turns
    ADD CONSTRAINT fk_turns_person_id_persons FOREIGN KEY (person_id) REFERENCES persons(id);
ALTER TABLE ONLY work_days
    ADD CONSTRAINT fk_work_days_set_by_members FOREIGN KEY (set_by) REFERENCES members(id);
