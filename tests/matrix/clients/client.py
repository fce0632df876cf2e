"""python client.py MODULE NAME HOST KEY: the clients of Segment and of RudderStack have one origin, and one interface."""
import sys
from datetime import datetime, timezone
from importlib import import_module

module, name, host, key = sys.argv[1:]
Client = import_module(module).Client
client = Client(key, host=host, gzip=True, upload_size=4, on_error=lambda error, batch: sys.exit(str(error)))


def at(second):
    return datetime(2026, 1, 5, 10, 0, second, tzinfo=timezone.utc)


user, account = f"{name}-user", f"{name}-account"
anonymous, device = f"{name}-anonymous", f"{name}-device"
client.track(anonymous_id=anonymous, event="task_created", timestamp=at(1))
client.track(anonymous_id=anonymous, event="task_created", timestamp=at(2))
client.identify(user, {"plan": "free"}, anonymous_id=anonymous, timestamp=at(3))
client.group(user, account, {"employees": 30}, timestamp=at(4))
client.page(user, None, "Home", {"path": "/"}, timestamp=at(5))
client.screen(user, None, "Start", timestamp=at(6))
client.track(user, "task_created", timestamp=at(7))
client.track(anonymous_id=device, event="task_created", context={"groupId": account}, timestamp=at(8))
client.alias(device, user, timestamp=at(9))
client.flush()
client.join()
