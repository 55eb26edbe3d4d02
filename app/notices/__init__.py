"""Sends what the outbox holds: mails and webhooks. No page, no framework."""
