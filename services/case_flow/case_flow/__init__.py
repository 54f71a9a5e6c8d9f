"""Case flow: power runs through steps, clocks and holds, and every act leaves its trace."""
