package dev.gantry.agent.testing;

import dev.gantry.agent.runtime.ContainerRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The fake keeps what the real one promises, so that tests with it mean something. */
class FakeRuntimeTest implements RuntimeContract {
    @TempDir Path folder;

    private final FakeRuntime runtime = new FakeRuntime();

    @Override
    public ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String cgroupParent() {
        return "/none";
    }
}
