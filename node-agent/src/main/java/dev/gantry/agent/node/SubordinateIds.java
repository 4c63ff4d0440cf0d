package dev.gantry.agent.node;

import dev.gantry.agent.runtime.security.IdRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Ids of the node that are kept for pods with users of their own. Each such pod has a part to
 * itself, as large as the ids of an image may be, so that users of two pods never meet on the node.
 *
 * <p>Compat: the rules of kubelet's {@code userns} package. Example: of the ids from 65,536 on, the
 * first pod has 65,536 to 131,071: its root is the node's user 65,536, who owns nothing there.
 */
public record SubordinateIds(long first, long parts) {
    /** Compat: {@code userNamespaces.idsPerPod} of kubelet's configuration. */
    public static final long PER_POD = 65_536;

    /** All ids but the node's own, and the last part, whose last id the kernel keeps for nobody. */
    public static final SubordinateIds DEFAULT = new SubordinateIds(PER_POD, 65_534);

    private static final String USER = "kubelet";

    /**
     * What the files of subordinate ids say of the user {@code kubelet}; empty where they say
     * nothing. Throws where they say what cannot be carried out, since ids that overlap with
     * somebody else's would be worse than none.
     *
     * @param users lines of {@code /etc/subuid}
     * @param groups lines of {@code /etc/subgid}
     */
    public static Optional<SubordinateIds> parse(List<String> users, List<String> groups) {
        List<String> found = ofKubelet(users);
        require(found.equals(ofKubelet(groups)), "mismatched subuids and subgids of " + USER);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        require(found.size() == 1, "more than one range of subordinate ids of " + USER);
        String[] range = found.getFirst().split(":");
        require(
                range.length == 3 && range[1].matches("\\d{1,10}") && range[2].matches("\\d{1,10}"),
                "no range of subordinate ids: " + found.getFirst());
        long first = Long.parseLong(range[1]);
        long count = Long.parseLong(range[2]);
        boolean isWhole = first > 0 && first % PER_POD == 0 && count > 0 && count % PER_POD == 0;
        require(isWhole, "subordinate ids do not come in parts of %d: %s", PER_POD, found);
        return Optional.of(new SubordinateIds(first, count / PER_POD));
    }

    /** The lowest part that nobody has. */
    public Optional<IdRange> free(Set<IdRange> taken) {
        return LongStream.range(0, parts)
                .mapToObj(part -> new IdRange(first + part * PER_POD, PER_POD))
                .filter(each -> !taken.contains(each))
                .findFirst();
    }

    private static List<String> ofKubelet(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(each -> each.startsWith(USER + ":"))
                .toList();
    }

    private static void require(boolean holds, String message, Object... of) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(of));
        }
    }
}
