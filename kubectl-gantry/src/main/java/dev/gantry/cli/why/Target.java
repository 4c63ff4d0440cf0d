package dev.gantry.cli.why;

import dev.gantry.model.meta.Owner;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is asked about: a pod, or something that has pods. */
public record Target(Kind kind, String name) {
    /** Found by what pods say of their owners, so that the cluster need not have all of them. */
    public enum Kind {
        POD("Pod", "po"),
        DEPLOYMENT("Deployment", "deploy"),
        REPLICA_SET("ReplicaSet", "rs"),
        STATEFUL_SET("StatefulSet", "sts"),
        DAEMON_SET("DaemonSet", "ds"),
        JOB("Job", "job"),
        REPLICATION_CONTROLLER("ReplicationController", "rc");

        private final String kind;
        private final String brief;

        Kind(String kind, String brief) {
            this.kind = kind;
            this.brief = brief;
        }

        /** By any of the words that kubectl takes, such as {@code deploy} or {@code jobs.batch}. */
        public static Optional<Kind> of(String word) {
            String bare = word.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
            return Arrays.stream(values())
                    .filter(each -> List.of(each.word(), each.words(), each.brief).contains(bare))
                    .findFirst();
        }

        public String word() {
            return kind.toLowerCase(Locale.ROOT);
        }

        public String words() {
            return word() + "s";
        }
    }

    boolean isThis(Owner owner) {
        return owner.kind().equals(kind.kind) && owner.name().equals(name);
    }
}
