package dev.gantry.scheduler;

import dev.gantry.testkit.ArchitectureRules;

final class ArchitectureTest implements ArchitectureRules {}
