package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry kubeconfig}: where the administrator's kubeconfig is. */
@Command(
        name = "kubeconfig",
        mixinStandardHelpOptions = true,
        description = "Prints the path of the administrator's kubeconfig.")
final class KubeconfigCommand implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(null);
        if (!Files.exists(instance.kubeconfig())) {
            System.err.println("gantry: there is none yet: run `gantry up` first");
            return 1;
        }
        System.out.println(instance.kubeconfig());
        return 0;
    }
}
