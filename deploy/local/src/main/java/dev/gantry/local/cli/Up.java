package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry up}: starts the cluster and waits until it works. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the cluster, or does nothing where it runs already.")
final class Up implements Callable<Integer> {
    @Mixin private StartOptions options = new StartOptions();

    @Override
    public Integer call() throws Exception {
        Instance instance = options.start();
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
