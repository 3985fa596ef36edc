package io.masumi.node.platform.setaside;

/**
 * A command: has a saga made anew from all events of its aggregate, whatever is stored of it. Its effects may be repeated, so that
 * nothing happens twice. Answers whether there is anything to make it of.
 *
 * @param group the processing group of sagas of its kind
 * @param sequence the aggregate's id
 */
public record RebuildSaga(String group, String sequence) {}
