package io.masumi.node.chain.follower;

import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.escrow.ChainPoint;

/** What a record has to hear of a rollback. @param role Payment, Purchase or Registration. @param backTo the newest block that is not lost */
record RolledBackRecord(ActionRole role, String id, ChainPoint backTo) {}
