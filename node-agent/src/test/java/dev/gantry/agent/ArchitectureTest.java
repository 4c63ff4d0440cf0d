package dev.gantry.agent;

import dev.gantry.testkit.ArchitectureRules;

class ArchitectureTest implements ArchitectureRules {}
