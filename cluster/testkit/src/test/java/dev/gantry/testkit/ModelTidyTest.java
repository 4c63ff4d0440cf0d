package dev.gantry.testkit;

import java.nio.file.Path;

/** The model cannot depend on the test kit, which is made of it; so it is judged from here. */
final class ModelTidyTest implements TidyRules {
    @Override
    public Path module() {
        return TidyRules.super.module().resolveSibling("model");
    }
}
