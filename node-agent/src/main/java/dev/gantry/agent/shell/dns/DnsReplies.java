package dev.gantry.agent.shell.dns;

import dev.gantry.agent.dns.Answer;
import dev.gantry.agent.dns.Answer.Entry;
import dev.gantry.agent.dns.ClusterZone;
import dev.gantry.agent.dns.ZoneView;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A query message in, the reply message out. Any thread may ask; one at a time reads the zone. */
final class DnsReplies {
    private static final int OUR_PAYLOAD_BYTES = 1232;

    private final ZoneView view = new ZoneView();
    private final ClusterZone zone;
    private final Upstream upstream;
    private final ReentrantLock lock = new ReentrantLock();

    DnsReplies(String domain, Upstream upstream) {
        this.zone = new ClusterZone(domain, view);
        this.upstream = upstream;
    }

    void put(ObjectKey key, Optional<Resource> object) {
        lock.lock();
        try {
            view.put(key, object);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the reply can be had without asking others. */
    boolean isLocal(Message query) {
        Record question = query.getQuestion();
        if (question == null) {
            return true;
        }
        Answer answer = answer(question);
        return answer instanceof Answer.Records || answer instanceof Answer.NoSuchName;
    }

    Message reply(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
            reply.getHeader().setRcode(question == null ? Rcode.FORMERR : Rcode.NOTIMP);
            return reply;
        }
        reply.addRecord(question, Section.QUESTION);
        if (question.getDClass() != DClass.IN) {
            reply.getHeader().setRcode(Rcode.REFUSED);
            return reply;
        }
        fill(reply, question);
        if (query.getOPT() != null) {
            reply.addRecord(new OPTRecord(OUR_PAYLOAD_BYTES, 0, 0), Section.ADDITIONAL);
        }
        return reply;
    }

    private void fill(Message reply, Record question) {
        switch (answer(question)) {
            case Answer.Records(var answers, var additional) -> {
                reply.getHeader().setFlag(Flags.AA);
                add(reply, shuffled(answers), Section.ANSWER);
                add(reply, additional, Section.ADDITIONAL);
                if (answers.isEmpty()) {
                    add(reply, List.of(zone.authority()), Section.AUTHORITY);
                }
            }
            case Answer.NoSuchName _ -> {
                reply.getHeader().setFlag(Flags.AA);
                reply.getHeader().setRcode(Rcode.NXDOMAIN);
                add(reply, List.of(zone.authority()), Section.AUTHORITY);
            }
            case Answer.Alias(var entry, var target) -> {
                add(reply, List.of(entry), Section.ANSWER);
                follow(reply, Record.newRecord(name(target), question.getType(), DClass.IN));
            }
            case Answer.NotOurs _ -> follow(reply, question);
        }
    }

    /** The target of an alias may be a name of the zone again, but only once. */
    private void follow(Message reply, Record question) {
        Answer own = answer(question);
        if (own instanceof Answer.Records(var answers, _)) {
            add(reply, answers, Section.ANSWER);
            return;
        }
        Optional<Message> found =
                own instanceof Answer.NotOurs ? upstream.ask(question) : Optional.empty();
        if (found.isEmpty()) {
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return;
        }
        reply.getHeader().setRcode(found.get().getHeader().getRcode());
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
            for (Record each : found.get().getSection(section)) {
                if (each.getType() != Type.OPT) {
                    reply.addRecord(each, section);
                }
            }
        }
    }

    private Answer answer(Record question) {
        lock.lock();
        try {
            return zone.answer(question.getName().toString(), type(question.getType()));
        } finally {
            lock.unlock();
        }
    }

    /** Many clients take the first: each endpoint of a headless Service shall be that at times. */
    private static List<Entry> shuffled(List<Entry> entries) {
        List<Entry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        return shuffled;
    }

    private static void add(Message reply, List<Entry> entries, int section) {
        try {
            for (Entry each : entries) {
                reply.addRecord(
                        Record.fromString(
                                name(each.name()),
                                Type.value(each.type().name()),
                                DClass.IN,
                                ClusterZone.TTL_SECONDS,
                                each.content(),
                                Name.root),
                        section);
            }
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private static Answer.Type type(int wire) {
        return switch (wire) {
            case Type.A -> Answer.Type.A;
            case Type.AAAA -> Answer.Type.AAAA;
            case Type.SRV -> Answer.Type.SRV;
            case Type.PTR -> Answer.Type.PTR;
            case Type.CNAME -> Answer.Type.CNAME;
            case Type.TXT -> Answer.Type.TXT;
            case Type.SOA -> Answer.Type.SOA;
            case Type.NS -> Answer.Type.NS;
            default -> Answer.Type.OTHER;
        };
    }
}
