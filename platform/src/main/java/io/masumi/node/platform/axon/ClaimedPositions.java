package io.masumi.node.platform.axon;

import java.sql.Connection;
import java.sql.ResultSet;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/**
 * Positions of event processors that only their owner moves. Axon's own store lets a process whose claim ran out meanwhile claim a segment that
 * is free with the position that it knows itself: what another process has handled since would be handled again.
 */
final class ClaimedPositions extends JdbcTokenStore {

    ClaimedPositions(Builder settings) {
        super(settings);
    }

    /** Is called when the segment is not this process's. */
    @Override
    protected void updateToken(Connection connection, ResultSet row, TrackingToken token, String processor, int segment) {
        throw new UnableToClaimTokenException("Segment " + segment + " of " + processor + " has become another process's, or nobody's");
    }
}
