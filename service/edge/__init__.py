"""What stands between the network and the routes: each file lets through, refuses or notes one thing."""
