"""Flow diagrams as BPMN 2.0 with their layout, out and in, and as a picture. It knows no process of any business."""
