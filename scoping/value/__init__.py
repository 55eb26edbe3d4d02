"""From value per case to money over time: cash flow, simulation, break-even, sensitivity, information."""
