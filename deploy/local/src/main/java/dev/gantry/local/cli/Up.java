package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry up}: starts the cluster and waits until it works. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the cluster, or does nothing where it runs already.")
final class Up implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--nodes", description = "How many nodes (default: as before, at first 2).")
    private @Nullable Integer nodes;

    @Option(
            names = "--no-install",
            description = "Never install anything: only say what is missing.")
    private boolean noInstall;

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(nodes);
        var cluster = new LocalCluster(instance);
        options.remember(instance);
        cluster.up(!noInstall);
        System.out.println();
        System.out.println("The cluster is up. Next:");
        System.out.println("  export KUBECONFIG=" + instance.kubeconfig());
        System.out.println("  kubectl get nodes -o wide");
        System.out.println(
                "  ./gantry why pod/NAME -n NAMESPACE     why it is there, or what it lacks");
        System.out.println("  ./gantry plan -f FILE                  where its pods would go");
        return 0;
    }
}
