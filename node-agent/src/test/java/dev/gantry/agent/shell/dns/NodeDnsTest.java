package dev.gantry.agent.shell.dns;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asked by another implementation of the protocol, over real sockets. */
final class NodeDnsTest {
    private static final int MANY = 200;
    private final ObjectCache cache = new ObjectCache();
    private NodeDns dns;
    private InetSocketAddress address;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePorts.next());
        Path none = Files.writeString(folder.resolve("none"), "# nobody\n");
        dns = new NodeDns("cluster.local", List.of(address), none, cache);
        dns.start();
        put(
                "web",
                "\"clusterIP\": \"10.96.0.20\", \"ports\": [{\"name\": \"http\", \"port\": 80}]");
        put("many", "\"clusterIP\": \"None\"");
        String endpoints =
                IntStream.range(0, MANY)
                        .mapToObj(i -> "{\"addresses\": [\"10.244.0.%d\"]}".formatted(i))
                        .collect(Collectors.joining(","));
        change(
                new ObjectKey(Resources.ENDPOINT_SLICES, "n", "many-1"),
                """
                {"metadata": {"name": "many-1", "namespace": "n",
                              "labels": {"kubernetes.io/service-name": "many"}},
                 "endpoints": [%s]}
                """
                        .formatted(endpoints));
        cache.onCaughtUp();
        for (boolean overTcp : new boolean[] {false, true}) {
            await().ignoreExceptions()
                    .until(
                            () -> {
                                var resolver = resolver();
                                resolver.setTCP(overTcp);
                                Message query = query("web.n.svc.cluster.local.", Type.A);
                                return resolver.send(query) != null;
                            });
        }
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void answersWithAuthorityAndAShortTimeToLive() throws IOException {
        Message reply = ask("web.n.svc.cluster.local.", Type.A);
        assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
        Record found = reply.getSection(Section.ANSWER).getFirst();
        assertThat(found.rdataToString()).isEqualTo("10.96.0.20");
        assertThat(found.getTTL()).isEqualTo(5);
    }

    @Test
    void tellsAMissingNameFromAMissingType() throws IOException {
        Message missing = ask("nothing.n.svc.cluster.local.", Type.A);
        assertThat(missing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(missing.getSection(Section.AUTHORITY)).hasSize(1);
        Message empty = ask("web.n.svc.cluster.local.", Type.AAAA);
        assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(empty.getSection(Section.ANSWER)).isEmpty();
        assertThat(empty.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void cutsWhatDoesNotFitADatagramAndGivesAllOverTcp() throws IOException {
        var resolver = resolver();
        resolver.setIgnoreTruncation(true);
        Message cut = resolver.send(query("many.n.svc.cluster.local.", Type.A));
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getSection(Section.ANSWER)).hasSizeBetween(50, 80);
        assertThat(cut.numBytes()).isLessThanOrEqualTo(1280);
        resolver.setTCP(true);
        Message whole = resolver.send(query("many.n.svc.cluster.local.", Type.A));
        assertThat(whole.getSection(Section.ANSWER)).hasSize(MANY);
    }

    @Test
    void failsFastWhereNobodyUpstreamCanBeAsked() throws IOException {
        assertThat(ask("example.org.", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void asksUpstreamOverUdpAndOverTcpWhereTheAnswerWasCut() throws IOException {
        var asked = new Upstream(List.of(address));
        Record few =
                Record.newRecord(Name.fromString("web.n.svc.cluster.local."), Type.A, DClass.IN);
        assertThat(asked.ask(few).orElseThrow().getSection(Section.ANSWER)).hasSize(1);
        Record many =
                Record.newRecord(Name.fromString("many.n.svc.cluster.local."), Type.A, DClass.IN);
        assertThat(asked.ask(many).orElseThrow().getSection(Section.ANSWER)).hasSize(MANY);
    }

    private Message ask(String name, int type) throws IOException {
        return resolver().send(query(name, type));
    }

    private SimpleResolver resolver() {
        var resolver = new SimpleResolver(address);
        resolver.setTimeout(Duration.ofSeconds(30));
        return resolver;
    }

    private static Message query(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private void put(String name, String spec) {
        change(
                new ObjectKey(Resources.SERVICES, "n", name),
                "{\"metadata\": {\"name\": \"%s\", \"namespace\": \"n\"}, \"spec\": {%s}}"
                        .formatted(name, spec));
    }

    private void change(ObjectKey key, String body) {
        cache.onChange(
                new ChangeMessage(
                        key,
                        new Revision(1),
                        Revision.NONE,
                        ChangeMessage.Type.ADDED,
                        Instant.EPOCH.toString(),
                        "test",
                        body.getBytes(StandardCharsets.UTF_8)));
    }
}
