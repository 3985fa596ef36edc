-- What /health asks for once a second: deadlines that fail again and again. At any time none, or few.
CREATE INDEX scheduled_tasks_failed ON scheduled_tasks (execution_time) WHERE consecutive_failures >= 3;
