"""What people type about themselves: read, cleaned, checked for courtesy. Rules are in the services."""
