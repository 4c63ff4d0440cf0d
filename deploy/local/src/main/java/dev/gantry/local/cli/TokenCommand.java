package dev.gantry.local.cli;

import dev.gantry.agent.join.AuthorityHash;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.local.component.Agent;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.join.BootstrapToken;
import dev.gantry.local.join.JoinObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry token create}: prints the command with which another machine joins. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the command that makes another machine a node of this cluster.",
            "That machine needs Gantry's distribution, a containerd and CNI plugins, and a way to"
                    + " the addresses of the API and of Kafka; here both listen on the cluster's"
                    + " bridge. kubectl delete secret -n kube-system bootstrap-token-ID ends a token"
                    + " before its time."
        })
final class TokenCommand implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(
            names = "--ttl",
            defaultValue = "24h",
            description = "How long the token holds, such as 30m or 24h; 0 is for ever.")
    private String life = "24h";

    @Parameters(paramLabel = "create", description = "Makes a token.")
    private String action = "";

    @Override
    public Integer call() throws Exception {
        if (!action.equals("create")) {
            System.err.println("gantry: what is token " + action + "? There is token create");
            return 1;
        }
        Instance instance = options.resolve(null);
        if (!Files.exists(instance.kubeconfig())) {
            System.err.println("gantry: there is no cluster yet: run `gantry up` first");
            return 1;
        }
        var api = ClusterApi.fromKubeconfig(instance.kubeconfig());
        String server = "https://" + instance.hostAddress() + ":" + instance.gatewayPort();
        Path authority = instance.pki().resolve("ca.crt");
        JoinObjects.ensure(api, facts(instance, server, authority));
        BootstrapToken token = BootstrapToken.random();
        token.store(api, parsed(life));
        System.out.printf(
                "bin/gantry-agent join %s --token %s --discovery-token-ca-cert-hash %s%n",
                server.substring("https://".length()),
                token,
                AuthorityHash.of(new PemFile(authority).certificates().getFirst().getPublicKey()));
        return 0;
    }

    private static JoinObjects.Facts facts(Instance instance, String server, Path authority)
            throws IOException {
        return new JoinObjects.Facts(
                server,
                Base64.getEncoder().encodeToString(Files.readAllBytes(authority)),
                Agent.commonSettings(instance).lines());
    }

    private static Duration parsed(String text) throws IOException {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        try {
            return Duration.parse("PT" + text);
        } catch (DateTimeException malformed) {
            throw new IOException(
                    "--ttl is %s, expected hours, minutes and seconds as in 24h or 1h30m"
                            .formatted(text),
                    malformed);
        }
    }
}
