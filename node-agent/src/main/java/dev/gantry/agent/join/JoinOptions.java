package dev.gantry.agent.join;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a person typed after {@code join}.
 *
 * @param server URL of the API
 * @param name of the node to be; empty for the machine's own
 * @param addresses of the node; empty for those from which the server is reached
 * @param root the agent's folder
 * @param life how long the certificate shall hold; empty for as long as the cluster likes
 */
public record JoinOptions(
        String server,
        JoinToken token,
        AuthorityHash authority,
        Optional<String> name,
        List<String> addresses,
        Path root,
        Optional<Duration> life) {
    public static final String USAGE =
            """
            Usage: gantry-agent join HOST:PORT --token ID.SECRET --discovery-token-ca-cert-hash sha256:HASH
                                [--node-name NAME] [--node-addresses ADDRESS,…] [--root FOLDER]
                                [--certificate-seconds N]
            ./gantry token create prints the command.""";

    private static final String TOKEN = "--token";
    private static final String HASH = "--discovery-token-ca-cert-hash";
    private static final String NAME = "--node-name";
    private static final String ADDRESSES = "--node-addresses";
    private static final String ROOT = "--root";
    private static final String LIFE = "--certificate-seconds";
    private static final Set<String> KNOWN =
            new TreeSet<>(List.of(TOKEN, HASH, NAME, ADDRESSES, ROOT, LIFE));
    private static final String ROOT_OF_AGENT = "/var/lib/gantry/agent";

    /** Compat: what the API takes for {@code spec.expirationSeconds}. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{2,8}");

    private static final int LEAST_SECONDS = 600;

    /** Throws {@link CannotJoin}. */
    public static JoinOptions parse(List<String> arguments) {
        Map<String, String> given = new TreeMap<>();
        String server = "";
        Iterator<String> each = arguments.iterator();
        while (each.hasNext()) {
            String word = each.next();
            int sign = word.indexOf('=');
            String option = sign < 0 ? word : word.substring(0, sign);
            if (!word.startsWith("--") && server.isEmpty()) {
                server = word;
            } else if (!KNOWN.contains(option)) {
                throw new CannotJoin("what is \"%s\"?\n%s".formatted(word, USAGE));
            } else if (sign < 0 && !each.hasNext()) {
                throw new CannotJoin("%s needs a value\n%s".formatted(option, USAGE));
            } else {
                given.put(option, sign < 0 ? each.next() : word.substring(sign + 1));
            }
        }
        return of(server, given);
    }

    private static JoinOptions of(String server, Map<String, String> given) {
        if (server.isEmpty()) {
            throw new CannotJoin("which cluster?\n" + USAGE);
        }
        return new JoinOptions(
                server.startsWith("https://") ? server : "https://" + server,
                JoinToken.parse(given.getOrDefault(TOKEN, ""))
                        .orElseThrow(() -> wrong(TOKEN, "6 and 16 letters or digits, as in a.b")),
                AuthorityHash.parse(given.getOrDefault(HASH, ""))
                        .orElseThrow(() -> wrong(HASH, "sha256: and 64 hexadecimal digits")),
                Optional.ofNullable(given.get(NAME)),
                list(given.getOrDefault(ADDRESSES, "")),
                Path.of(given.getOrDefault(ROOT, ROOT_OF_AGENT)).toAbsolutePath(),
                Optional.ofNullable(given.get(LIFE)).map(JoinOptions::life));
    }

    private static Duration life(String text) {
        int seconds = SECONDS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (seconds < LEAST_SECONDS) {
            throw wrong(LIFE, "600 or more");
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<String> list(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s*,\\s*"));
    }

    private static CannotJoin wrong(String option, String expected) {
        return new CannotJoin("%s is to be %s\n%s".formatted(option, expected, USAGE));
    }
}
