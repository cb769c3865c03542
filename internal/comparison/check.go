package comparison

import "time"

func (s *Site) Check(now time.Time) Faults { return nil }
