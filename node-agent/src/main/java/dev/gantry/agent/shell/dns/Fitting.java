package dev.gantry.agent.shell.dns;

import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Makes a reply fit a datagram.
 *
 * <p>What is merely helpful goes first. Then as many answers are kept as have room, and the reply
 * says that it was cut: a client that can asks again over TCP, and one that can't still has some
 * addresses.
 */
final class Fitting {
    private Fitting() {}

    /** Changes {@code reply}. */
    static byte[] toWire(Message reply, int limit) {
        byte[] bytes = reply.toWire();
        if (bytes.length <= limit) {
            return bytes;
        }
        OPTRecord option = reply.getOPT();
        reply.removeAllRecords(Section.ADDITIONAL);
        if (option != null) {
            reply.addRecord(option, Section.ADDITIONAL);
        }
        bytes = reply.toWire();
        while (bytes.length > limit) {
            reply.getHeader().setFlag(Flags.TC);
            if (!cut(reply, limit, bytes.length)) {
                break;
            }
            bytes = reply.toWire();
        }
        return bytes;
    }

    /** By as much as it is too long, roughly. Returns false where nothing is left to cut. */
    private static boolean cut(Message reply, int limit, int length) {
        if (!reply.getSection(Section.AUTHORITY).isEmpty()) {
            reply.removeAllRecords(Section.AUTHORITY);
            return true;
        }
        List<Record> answers = List.copyOf(reply.getSection(Section.ANSWER));
        int kept = Math.min(answers.size() - 1, answers.size() * limit / length);
        if (kept < 0) {
            return false;
        }
        reply.removeAllRecords(Section.ANSWER);
        answers.subList(0, kept).forEach(each -> reply.addRecord(each, Section.ANSWER));
        return true;
    }
}
