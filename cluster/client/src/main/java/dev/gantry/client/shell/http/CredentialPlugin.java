package dev.gantry.client.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.http.Kubeconfig.Entry;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that a kubeconfig names under {@code exec} and that gives the user's credentials. The
 * Kubernetes Java Client runs it; it is asked once per client, so credentials are not renewed.
 *
 * <p>Compat: client-go's {@code plugin/pkg/client/auth/exec}. Deliberately absent: programs that
 * ask a person, for which the Java Client has no terminal.
 */
final class CredentialPlugin {
    private static final String EXEC = "exec";
    private static final String QUESTION = "KUBERNETES_EXEC_INFO";
    private static final List<String> OF_CLUSTER =
            List.of(
                    "server",
                    "tls-server-name",
                    "insecure-skip-tls-verify",
                    "certificate-authority-data",
                    "proxy-url");

    private final Entry cluster;
    private final Entry user;
    private final Map<?, ?> exec;

    CredentialPlugin(Entry cluster, Entry user) {
        this.cluster = cluster;
        this.user = user;
        this.exec = user.content().get(EXEC) instanceof Map<?, ?> named ? named : Map.of();
    }

    static boolean isNamedBy(Entry user) {
        return user.content().get(EXEC) instanceof Map<?, ?>;
    }

    /** The user with the credentials in it. */
    Entry ask() throws IOException {
        if ("Always".equals(exec.get("interactiveMode"))) {
            throw new IOException(
                    "%s: the credential plugin %s wants a terminal, and is given none"
                            .formatted(user.file(), exec.get("command")));
        }
        Map<String, String> given = run();
        Map<String, Object> known = new HashMap<>();
        if (given.containsKey(KubeConfig.CRED_TOKEN_KEY)) {
            known.put("token", given.get(KubeConfig.CRED_TOKEN_KEY));
        } else if (given.containsKey(KubeConfig.CRED_CLIENT_CERTIFICATE_DATA_KEY)) {
            known.put(
                    "client-certificate-data",
                    encoded(given.getOrDefault(KubeConfig.CRED_CLIENT_CERTIFICATE_DATA_KEY, "")));
            known.put(
                    "client-key-data",
                    encoded(given.getOrDefault(KubeConfig.CRED_CLIENT_KEY_DATA_KEY, "")));
        } else {
            String hint = exec.get("installHint") instanceof String told ? ": " + told : "";
            throw new IOException(
                    "%s: the credential plugin %s gave neither token nor certificate%s"
                            .formatted(user.file(), exec.get("command"), hint));
        }
        return new Entry(user.file(), known);
    }

    private Map<String, String> run() {
        ArrayList<Object> contexts = named("context", Map.of("cluster", "c", "user", "c"));
        ArrayList<Object> users = named("user", Map.of(EXEC, asked()));
        var config = new KubeConfig(contexts, named("cluster", cluster.content()), users);
        config.setFile(user.file().toAbsolutePath().toFile());
        config.setContext("c");
        Map<String, String> given = config.getCredentials();
        return given == null ? Map.of() : given;
    }

    private static ArrayList<Object> named(String field, Map<?, ?> content) {
        return new ArrayList<>(List.of(Map.of("name", "c", field, content)));
    }

    /** With the question in its environment, which the Java Client leaves out. */
    private Map<Object, Object> asked() {
        Map<Object, Object> asked = new HashMap<>(exec);
        List<Object> environment = new ArrayList<>();
        if (exec.get("env") instanceof List<?> given) {
            environment.addAll(given);
        }
        environment.add(Map.of("name", QUESTION, "value", question().toString()));
        asked.put("env", environment);
        return asked;
    }

    private ObjectNode question() {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("apiVersion", String.valueOf(exec.get("apiVersion")))
                .put("kind", "ExecCredential");
        ObjectNode spec = question.putObject("spec").put("interactive", false);
        if (Boolean.TRUE.equals(exec.get("provideClusterInfo"))) {
            ObjectNode told = spec.putObject("cluster");
            for (String field : OF_CLUSTER) {
                Object value = cluster.content().get(field);
                if (value != null) {
                    told.set(field, JsonMapper.shared().valueToTree(value));
                }
            }
        }
        return question;
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }
}
