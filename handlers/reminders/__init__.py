"""What people do with reminders: answer them, set their own, choose when to hear them."""
