package dev.gantry.testkit;

import java.nio.file.Path;

/** The model cannot depend on the test kit, which is made of it; so it is judged from here. */
final class ModelArchitectureTest implements ArchitectureRules {
    @Override
    public Path module() {
        return ArchitectureRules.super.module().resolveSibling("model");
    }
}
