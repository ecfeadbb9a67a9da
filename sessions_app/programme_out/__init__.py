"""Our programme for other systems: schedule.xml, schedule.json and a pyvideo folder of each conference."""
