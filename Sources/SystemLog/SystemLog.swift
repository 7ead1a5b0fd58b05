// SystemLog
