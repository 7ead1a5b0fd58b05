void freeze_clinux_anchor(void);
