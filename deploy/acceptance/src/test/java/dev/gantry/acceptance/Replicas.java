package dev.gantry.acceptance;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.election.Election;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replicas of one service that elect a leader.
 *
 * @param lease its name, in kube-system
 * @param processes by the names under which they take part in the election
 */
record Replicas(ClusterApi api, String lease, Map<String, Process> processes) {
    private static final Pattern ELECTION =
            Pattern.compile("taking part in the election of \\S+ as (\\S+_[0-9a-f-]{36})");

    /** The name that a replica has given itself; on a busy machine it may take a while to start. */
    static String identityIn(Path log) {
        await().until(() -> findIdentity(log).isPresent());
        return findIdentity(log).orElseThrow();
    }

    private static Optional<String> findIdentity(Path log) {
        try {
            Matcher found = ELECTION.matcher(Files.readString(log));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Returns the name of the one that led. */
    String killLeader() throws InterruptedException {
        String leader = await().until(this::holder, processes::containsKey);
        int _ = Objects.requireNonNull(processes.get(leader)).destroyForcibly().waitFor();
        return leader;
    }

    /**
     * How fast it went is no matter of a test on a busy machine; that a leader which does not
     * answer need not be waited for until its lease runs out is what it hangs on.
     */
    void assertTakenOverFrom(String former) {
        await().untilAsserted(
                        () -> {
                            Resource lease = stored();
                            String holder = Resource.text(lease.spec(), "holderIdentity");
                            assertThat(processes).containsKey(holder);
                            assertThat(holder).isNotEqualTo(former);
                            assertThat(lease.annotations()).containsEntry(Election.ANSWERS, holder);
                        });
    }

    private String holder() {
        return Resource.text(stored().spec(), "holderIdentity");
    }

    private Resource stored() {
        return api.get(new ObjectKey(Resources.LEASES, "kube-system", lease)).orElseThrow();
    }
}
