package dev.gantry.agent.shell.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Fuzz;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries that no resolver sends. */
class DnsFuzzTest {
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(2_000, 100_000);

    private final DnsReplies replies = new DnsReplies("cluster.local", new Upstream(List.of()));

    static LongStream seeds() {
        return Fuzz.seeds(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areAnsweredOrNoQueries(long seed) throws IOException {
        var fuzz =
                new Fuzz(
                        seed,
                        List.of(
                                query("web.n.svc.cluster.local.", Type.A),
                                query("_http._tcp.web.n.svc.cluster.local.", Type.SRV),
                                query("20.0.96.10.in-addr.arpa.", Type.PTR),
                                query("example.org.", Type.ANY)),
                        List.of("cluster".getBytes(US_ASCII), new byte[] {(byte) 0xc0, 12}));
        fuzz.check(500, BOUND, this::answer);
    }

    private void answer(byte[] input) {
        Message query;
        try {
            query = new Message(input);
        } catch (IOException garbage) {
            return;
        }
        boolean isLocal = replies.isLocal(query);
        Message reply = replies.reply(query);
        assertThat(reply.getHeader().getFlag(Flags.QR)).as("local: %s", isLocal).isTrue();
        assertThat(Fitting.toWire(reply, 512)).hasSizeLessThanOrEqualTo(512);
    }

    private static byte[] query(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return query.toWire();
    }
}
