DELETE FROM followers WHERE name = 'webhooks';
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
