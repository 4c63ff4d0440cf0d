package dev.gantry.authorization;

import dev.gantry.testkit.ArchitectureRules;

final class ArchitectureTest implements ArchitectureRules {}
