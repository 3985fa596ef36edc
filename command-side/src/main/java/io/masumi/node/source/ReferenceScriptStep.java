package io.masumi.node.source;

/** What a transaction does with a reference script: it makes the output that carries it, or spends that one. */
public enum ReferenceScriptStep {
    Deployment,
    Retirement
}
