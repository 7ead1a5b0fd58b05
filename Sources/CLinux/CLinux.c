#include "CLinux.h"
void freeze_clinux_anchor(void) {}
