package dev.gantry.local.cli;

import dev.gantry.local.component.ControlPlane;
import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry logs SERVICE}: the log of one process. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description =
                "Shows a log: postgres, kafka, control-plane, agent-1, containerd-1, audit ...")
final class Logs implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Parameters(
            paramLabel = "SERVICE",
            description = "A process of `gantry status`, or a service in one.")
    private String service = "";

    @Option(names = "-f", description = "Keep following.")
    private boolean follow;

    @Option(names = "-n", defaultValue = "200", description = "How many lines (default 200).")
    private int lines;

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(null);
        String process = ControlPlane.SERVICES.contains(service) ? "control-plane" : service;
        Path file = instance.logs().resolve(process + ".log");
        if (!Files.exists(file)) {
            System.err.printf("gantry: no log of %s; there are: %s%n", service, known(instance));
            return 1;
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        command.add(file.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String known(Instance instance) throws IOException {
        if (!Files.isDirectory(instance.logs())) {
            return "none yet";
        }
        try (var files = Files.list(instance.logs())) {
            return files.map(file -> file.getFileName().toString().replace(".log", ""))
                    .sorted()
                    .toList()
                    .toString();
        }
    }
}
