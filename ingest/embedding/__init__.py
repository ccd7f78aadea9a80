"""From text to vectors, with OpenVINO or torch."""
