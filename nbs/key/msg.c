#include "key/msg.h"

#include <libmnl/libmnl.h>
#include <string.h>

void *
msg_start(struct msg *m, void *buf, size_t size, uint16_t type, uint16_t flags, size_t head)
{
	*m = (struct msg) { .size = size, .head = head, .seek = m->seek, .names = m->names };
	m->h = mnl_nlmsg_put_header(buf);
	m->h->nlmsg_type = type;
	m->h->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	return mnl_nlmsg_put_extra_header(m->h, head);
}

/* Takes note when the bytes just written hold the offset that is sought. */
static void
note(struct msg *m, uint32_t from)
{
	if (m->seek && !m->blame && m->seek >= from && m->seek < m->h->nlmsg_len)
		m->blame = m->now;
}

void
msg_put(struct msg *m, int attr, const void *data, size_t len)
{
	uint32_t from = m->h->nlmsg_len;

	if (m->full || len > UINT16_MAX - sizeof(struct nlattr) ||
		!mnl_attr_put_check(m->h, m->size, (uint16_t)attr, len, data))
		m->full = true;
	else
		note(m, from);
}

void
msg_put_u8(struct msg *m, int attr, uint8_t n)
{
	msg_put(m, attr, &n, sizeof(n));
}

void
msg_put_u16(struct msg *m, int attr, uint16_t n)
{
	msg_put(m, attr, &n, sizeof(n));
}

void
msg_put_u32(struct msg *m, int attr, uint32_t n)
{
	msg_put(m, attr, &n, sizeof(n));
}

void
msg_put_text(struct msg *m, int attr, const char *s)
{
	msg_put(m, attr, s, strlen(s) + 1);
}

void
msg_nest(struct msg *m, int attr)
{
	struct nlattr *nest = NULL;

	if (!m->full && m->depth < (int)(sizeof(m->nest) / sizeof(m->nest[0])))
		nest = mnl_attr_nest_start_check(m->h, m->size, (uint16_t)attr);
	if (nest)
		m->nest[m->depth++] = nest;
	else
		m->full = true;
}

void
msg_end(struct msg *m)
{
	struct nlattr *nest;

	if (m->full)
		return;
	nest = m->nest[m->depth - 1];
	if (mnl_nlmsg_get_payload_tail(m->h) == mnl_attr_get_payload(nest)) {
		m->depth--;
		mnl_attr_nest_cancel(m->h, nest);
	} else {
		msg_end_list(m);
	}
}

void
msg_end_list(struct msg *m)
{
	struct nlattr *nest;

	if (m->full)
		return;
	nest = m->nest[--m->depth];
	if ((char *)mnl_nlmsg_get_payload_tail(m->h) - (char *)nest > UINT16_MAX)
		m->full = true;
	else
		mnl_attr_nest_end(m->h, nest);
}

void *
msg_join(struct msg *m, int attr, size_t len)
{
	static const char zeros[64];
	char *tail, *from;
	const struct nlattr *a;

	if (m->full || len > sizeof(zeros))
		return NULL;
	tail = mnl_nlmsg_get_payload_tail(m->h);
	from = m->depth ? mnl_attr_get_payload(m->nest[m->depth - 1])
	                : mnl_nlmsg_get_payload_offset(m->h, m->head);
	a = msg_find(from, (size_t)(tail - from), attr);
	if (!a) {
		msg_put(m, attr, zeros, len);
		a = (const struct nlattr *)(void *)tail;
	}
	return m->full ? NULL : mnl_attr_get_payload(a);
}

const struct nlattr *
msg_find(const void *attrs, size_t len, int attr)
{
	const char *p = attrs;
	const struct nlattr *a;
	size_t step;

	while (len >= sizeof(*a)) {
		a = (const struct nlattr *)(const void *)p;
		if (a->nla_len < sizeof(*a) || a->nla_len > len)
			return NULL;
		if ((a->nla_type & NLA_TYPE_MASK) == attr)
			return a;
		step = MNL_ALIGN(a->nla_len);
		if (step >= len)
			return NULL;
		p += step;
		len -= step;
	}
	return NULL;
}
