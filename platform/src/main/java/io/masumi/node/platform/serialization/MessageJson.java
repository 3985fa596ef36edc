package io.masumi.node.platform.serialization;

import com.fasterxml.jackson.databind.Module;

/** How something is written in messages between processes that is written otherwise, or not at all, elsewhere. */
public record MessageJson(Module module) {}
