"""What people type: read, cleaned, checked for courtesy. Rules are in the services."""
