// Made from docs/openapi.yaml by generate-reference.py. Do not edit.
// swift-format-ignore-file
extension OpenAPIDocument {
    /// `docs/openapi.yaml` as JSON.
    static let text = ##"""
        {
         "openapi": "3.1.0",
         "info": {
          "title": "WA-Connect",
          "version": "1",
          "summary": "Send and receive WhatsApp messages from your own site.",
          "license": {
           "name": "Apache-2.0",
           "identifier": "Apache-2.0"
          },
          "description": "Every answer is JSON in one envelope: `{\"success\": true, \"data\": …, \"message\": …}`, or for an error\n`{\"success\": false, \"message\": …, \"error\": …, \"code\": …, \"request_id\": …}`. `message` is for people, `code` for programs; `error` names the field, the limit and the cure.\n\nEvery call but `health` wants the header `X-API-Key`. A key belongs to one session (one WhatsApp number) and may have fewer permissions than all; each call below says which one it needs.\n\nBodies may be JSON, form or multipart fields, as PHP sends them. A field that is `null` counts as absent, unknown fields are ignored, a phone number may be an integer.\nTimes are UTC, in ISO 8601 with milliseconds: `2026-02-27T10:00:00.000Z`. Answers are never stored by caches (`Cache-Control: no-store`). GET calls answer HEAD, too.\n\nLimits, unless the owner says otherwise: 100 requests in 15 minutes; sending calls 30 a minute instead; 1000 a day. Every limited answer has `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`\n(seconds) of the limit that is reached first. Beyond it the answer is 429 with `Retry-After`.\n"
         },
         "servers": [
          {
           "url": "https://your-domain.com/api/v1"
          }
         ],
         "security": [
          {
           "key": []
          }
         ],
         "tags": [
          {
           "name": "Session",
           "description": "The connection of one WhatsApp number."
          },
          {
           "name": "Messages",
           "description": "Sending, and the log of what was sent and received."
          },
          {
           "name": "Contacts",
           "description": "People and groups; a group has `is_group` true."
          },
          {
           "name": "Service",
           "description": "The API itself."
          }
         ],
         "paths": {
          "/health": {
           "get": {
            "operationId": "health",
            "tags": [
             "Service"
            ],
            "summary": "Whether the API runs.",
            "description": "Needs no key and is not limited. It says nothing about WhatsApp; `session/status` does.",
            "security": [],
            "x-limit": "none",
            "responses": {
             "200": {
              "description": "It runs.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/Health"
                },
                "example": {
                 "success": true,
                 "message": "WA-Connect API is running",
                 "timestamp": "2026-02-27T10:00:00.000Z"
                }
               }
              }
             },
             "503": {
              "$ref": "#/components/responses/NotConfigured"
             }
            }
           }
          },
          "/session/status": {
           "get": {
            "operationId": "sessionStatus",
            "tags": [
             "Session"
            ],
            "summary": "Where the session stands.",
            "description": "Never `connected` on a dead connection.",
            "x-permission": "session:read",
            "x-limit": "general",
            "responses": {
             "200": {
              "description": "The session. `user` and `connected_at` are null while it is not connected.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/SessionAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "status": "connected",
                  "user": {
                   "id": "968XXXXXXXX@s.whatsapp.net",
                   "name": "Your Name"
                  },
                  "connected_at": "2026-02-27T10:00:00.000Z",
                  "reason": null,
                  "last_seen_at": "2026-02-27T10:00:00.000Z",
                  "daemon": "running"
                 }
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/session/connect": {
           "post": {
            "operationId": "sessionConnect",
            "tags": [
             "Session"
            ],
            "summary": "Connects, or shows how to link the phone.",
            "description": "Without a linked phone it waits up to 8 seconds for the QR code. `qr` is the text that goes into the QR symbol, `qr_image` the symbol as a picture for `<img src=\"…\">`. A code is good until `expires_at`; ask again for the next one.\nWith `phone` it gives a code of eight letters to type into that phone instead (*Linked devices*, *Link with phone number*). Asking again is harmless.\n",
            "x-permission": "session:manage",
            "x-limit": "general",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/Connect"
               },
               "example": {}
              },
              "application/x-www-form-urlencoded": {
               "schema": {
                "$ref": "#/components/schemas/Connect"
               }
              },
              "multipart/form-data": {
               "schema": {
                "$ref": "#/components/schemas/Connect"
               }
              }
             }
            },
            "responses": {
             "200": {
              "description": "How far it got.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/ConnectAnswer"
                },
                "examples": {
                 "qr": {
                  "value": {
                   "success": true,
                   "data": {
                    "status": "qr_ready",
                    "qr": "https://wa.me/settings/linked_devices#…",
                    "qr_image": "data:image/png;base64,…",
                    "expires_at": "2026-02-27T10:01:00.000Z"
                   }
                  }
                 },
                 "pairing_code": {
                  "value": {
                   "success": true,
                   "data": {
                    "status": "pairing_code",
                    "pairing_code": "ABCD-EFGH"
                   }
                  }
                 },
                 "connecting": {
                  "value": {
                   "success": true,
                   "data": {
                    "status": "connecting",
                    "message": "Reconnecting with saved credentials"
                   }
                  }
                 },
                 "connected": {
                  "value": {
                   "success": true,
                   "data": {
                    "status": "connected",
                    "user": {
                     "id": "968XXXXXXXX@s.whatsapp.net",
                     "name": "Your Name"
                    },
                    "connected_at": "2026-02-27T10:00:00.000Z"
                   }
                  }
                 }
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "413": {
              "$ref": "#/components/responses/TooLarge"
             },
             "415": {
              "$ref": "#/components/responses/UnsupportedType"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/ConnectUnavailable"
             }
            }
           }
          },
          "/session/disconnect": {
           "post": {
            "operationId": "sessionDisconnect",
            "tags": [
             "Session"
            ],
            "summary": "Disconnects, and keeps the link to the phone.",
            "description": "`session/connect` connects again without a QR code. Where nothing is connected there is nothing to do, and the answer is the same.",
            "x-permission": "session:manage",
            "x-limit": "general",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "type": "object"
               },
               "example": {}
              },
              "application/x-www-form-urlencoded": {
               "schema": {
                "type": "object"
               }
              },
              "multipart/form-data": {
               "schema": {
                "type": "object"
               }
              }
             }
            },
            "responses": {
             "200": {
              "description": "Done.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/SessionEndAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "status": "disconnected",
                  "user": null,
                  "connected_at": null,
                  "reason": "manual",
                  "last_seen_at": "2026-02-27T10:00:00.000Z",
                  "daemon": "running"
                 },
                 "message": "Disconnected successfully"
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "413": {
              "$ref": "#/components/responses/TooLarge"
             },
             "415": {
              "$ref": "#/components/responses/UnsupportedType"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/session/logout": {
           "post": {
            "operationId": "sessionLogout",
            "tags": [
             "Session"
            ],
            "summary": "Unlinks the phone and clears its keys.",
            "description": "Log and contacts stay, unless `purge` is true.",
            "x-permission": "session:manage",
            "x-limit": "general",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/Logout"
               },
               "example": {}
              },
              "application/x-www-form-urlencoded": {
               "schema": {
                "$ref": "#/components/schemas/Logout"
               }
              },
              "multipart/form-data": {
               "schema": {
                "$ref": "#/components/schemas/Logout"
               }
              }
             }
            },
            "responses": {
             "200": {
              "description": "Done.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/SessionEndAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "status": "disconnected",
                  "user": null,
                  "connected_at": null,
                  "reason": "logged_out",
                  "last_seen_at": null,
                  "daemon": "running"
                 },
                 "message": "Logged out successfully"
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "413": {
              "$ref": "#/components/responses/TooLarge"
             },
             "415": {
              "$ref": "#/components/responses/UnsupportedType"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/messages/send-text": {
           "post": {
            "operationId": "sendText",
            "tags": [
             "Messages"
            ],
            "summary": "Sends a text.",
            "description": "`sent` once WhatsApp has taken it. If that takes more than 8 seconds the answer is `pending`; the message is ours from then on, and a webhook or `GET messages/:id` tells the rest.\n",
            "x-permission": "messages:send",
            "x-limit": "send",
            "parameters": [
             {
              "$ref": "#/components/parameters/IdempotencyKey"
             }
            ],
            "requestBody": {
             "required": true,
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/SendText"
               },
               "example": {
                "to": "968XXXXXXXX",
                "message": "Hello from WA-Connect!"
               }
              },
              "application/x-www-form-urlencoded": {
               "schema": {
                "$ref": "#/components/schemas/SendText"
               }
              },
              "multipart/form-data": {
               "schema": {
                "$ref": "#/components/schemas/SendText"
               }
              }
             }
            },
            "responses": {
             "200": {
              "$ref": "#/components/responses/Sent"
             },
             "202": {
              "$ref": "#/components/responses/Queued"
             },
             "400": {
              "$ref": "#/components/responses/SendBadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/SendForbidden"
             },
             "404": {
              "$ref": "#/components/responses/NotOnWhatsApp"
             },
             "409": {
              "$ref": "#/components/responses/Conflict"
             },
             "413": {
              "$ref": "#/components/responses/TooLarge"
             },
             "415": {
              "$ref": "#/components/responses/UnsupportedType"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/SendFailed"
             },
             "503": {
              "$ref": "#/components/responses/SendUnavailable"
             }
            }
           }
          },
          "/messages/log": {
           "get": {
            "operationId": "messageLog",
            "tags": [
             "Messages"
            ],
            "summary": "Pages of the messages sent and received, the newest first.",
            "x-permission": "messages:read",
            "x-limit": "general",
            "parameters": [
             {
              "name": "page",
              "in": "query",
              "description": "Page number.",
              "schema": {
               "type": "integer",
               "minimum": 1,
               "maximum": 1000000000,
               "default": 1
              }
             },
             {
              "name": "limit",
              "in": "query",
              "description": "Items per page; more than 100 are lowered to 100, and `message` says so.",
              "schema": {
               "type": "integer",
               "minimum": 1,
               "maximum": 1000000000,
               "default": 20
              }
             },
             {
              "name": "direction",
              "in": "query",
              "schema": {
               "type": "string",
               "enum": [
                "inbound",
                "outbound",
                "all"
               ],
               "default": "all"
              }
             },
             {
              "name": "type",
              "in": "query",
              "description": "Only this `message_type`.",
              "schema": {
               "type": "string",
               "enum": [
                "text",
                "image",
                "document",
                "video",
                "audio",
                "location",
                "contact",
                "sticker",
                "reaction",
                "poll",
                "other",
                "all"
               ],
               "default": "all"
              }
             },
             {
              "name": "status",
              "in": "query",
              "description": "Only this `status`.",
              "schema": {
               "type": "string",
               "enum": [
                "pending",
                "sent",
                "delivered",
                "read",
                "failed",
                "received",
                "all"
               ],
               "default": "all"
              }
             },
             {
              "name": "jid",
              "in": "query",
              "description": "Only the chat with this number or JID.",
              "schema": {
               "$ref": "#/components/schemas/Recipient"
              }
             },
             {
              "name": "since_id",
              "in": "query",
              "description": "Only messages with a larger `id`.",
              "schema": {
               "type": "integer",
               "minimum": 0,
               "maximum": 9223372036854775807
              }
             },
             {
              "name": "from_date",
              "in": "query",
              "description": "Not before this day or moment, UTC.",
              "schema": {
               "$ref": "#/components/schemas/DateOrTime"
              }
             },
             {
              "name": "to_date",
              "in": "query",
              "description": "Up to this day (with all of it) or moment, UTC.",
              "schema": {
               "$ref": "#/components/schemas/DateOrTime"
              }
             }
            ],
            "responses": {
             "200": {
              "description": "One page.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/LogAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "messages": [
                   {
                    "id": 1,
                    "message_id": "3EB0XXXXX",
                    "remote_jid": "968XXXXXXXX@s.whatsapp.net",
                    "remote_name": "John Doe",
                    "direction": "outbound",
                    "message_type": "text",
                    "content": "Hello!",
                    "status": "sent",
                    "created_at": "2026-02-27T10:00:00.000Z"
                   }
                  ],
                  "pagination": {
                   "page": 1,
                   "limit": 20,
                   "total": 150,
                   "totalPages": 8
                  }
                 }
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/messages/{id}": {
           "get": {
            "operationId": "message",
            "tags": [
             "Messages"
            ],
            "summary": "One message.",
            "x-permission": "messages:read",
            "x-limit": "general",
            "parameters": [
             {
              "name": "id",
              "in": "path",
              "required": true,
              "description": "The `id` of the log or the `message_id` of WhatsApp.",
              "example": "3EB0XXXXX",
              "schema": {
               "type": "string",
               "minLength": 1,
               "maxLength": 200
              }
             }
            ],
            "responses": {
             "200": {
              "description": "The message.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/MessageAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "id": 1,
                  "message_id": "3EB0XXXXX",
                  "remote_jid": "968XXXXXXXX@s.whatsapp.net",
                  "remote_name": "John Doe",
                  "direction": "outbound",
                  "message_type": "text",
                  "content": "Hello!",
                  "status": "sent",
                  "created_at": "2026-02-27T10:00:00.000Z"
                 }
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "404": {
              "$ref": "#/components/responses/NoSuchMessage"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/contacts/export": {
           "get": {
            "operationId": "contactsExport",
            "tags": [
             "Contacts"
            ],
            "summary": "All contacts as a CSV file.",
            "description": "Columns `jid`, `phone`, `name`, `is_group`, `message_count`, `last_message_at`. Cells that a spreadsheet would run as a formula begin with `'`.",
            "x-permission": "contacts:read",
            "x-limit": "general",
            "responses": {
             "200": {
              "description": "The file, as an attachment.",
              "headers": {
               "Content-Disposition": {
                "schema": {
                 "type": "string"
                }
               }
              },
              "content": {
               "text/csv": {
                "schema": {
                 "type": "string"
                },
                "example": "jid,phone,name,is_group,message_count,last_message_at\n968XXXXXXXX@s.whatsapp.net,968XXXXXXXX,John Doe,false,25,2026-02-27T10:00:00.000Z\n"
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          },
          "/openapi": {
           "get": {
            "operationId": "openapi",
            "tags": [
             "Service"
            ],
            "summary": "This reference for programs, as OpenAPI 3.1.",
            "security": [],
            "x-limit": "none",
            "responses": {
             "200": {
              "description": "The document.",
              "content": {
               "application/vnd.oai.openapi+json": {
                "schema": {
                 "type": "object"
                }
               }
              }
             },
             "503": {
              "$ref": "#/components/responses/NotConfigured"
             }
            }
           }
          },
          "/docs": {
           "get": {
            "operationId": "docs",
            "tags": [
             "Service"
            ],
            "summary": "This reference for people, as a page.",
            "security": [],
            "x-limit": "none",
            "responses": {
             "200": {
              "description": "The page.",
              "content": {
               "text/html": {
                "schema": {
                 "type": "string"
                }
               }
              }
             },
             "503": {
              "$ref": "#/components/responses/NotConfigured"
             }
            }
           }
          },
          "/page": {
           "get": {
            "operationId": "page",
            "tags": [
             "Service"
            ],
            "summary": "The page that links a phone.",
            "description": "`wa-connect sessions page` prints its address with a key that opens it once.",
            "security": [],
            "x-limit": "none",
            "responses": {
             "200": {
              "description": "The page.",
              "content": {
               "text/html": {
                "schema": {
                 "type": "string"
                }
               }
              }
             },
             "503": {
              "$ref": "#/components/responses/NotConfigured"
             }
            }
           }
          },
          "/page/open": {
           "post": {
            "operationId": "pageOpen",
            "tags": [
             "Service"
            ],
            "summary": "Changes the key of a link to the page for the key of one browser.",
            "description": "Only the page itself asks this; other keys are refused.",
            "x-permission": "session:manage",
            "x-limit": "general",
            "responses": {
             "200": {
              "description": "The page's own key.",
              "content": {
               "application/json": {
                "schema": {
                 "$ref": "#/components/schemas/PageAnswer"
                },
                "example": {
                 "success": true,
                 "data": {
                  "key": "…",
                  "session": "default",
                  "expires_at": "2026-02-27T10:30:00.000Z"
                 }
                }
               }
              }
             },
             "400": {
              "$ref": "#/components/responses/BadRequest"
             },
             "401": {
              "$ref": "#/components/responses/Unauthorized"
             },
             "403": {
              "$ref": "#/components/responses/Forbidden"
             },
             "429": {
              "$ref": "#/components/responses/TooManyRequests"
             },
             "500": {
              "$ref": "#/components/responses/InternalError"
             },
             "503": {
              "$ref": "#/components/responses/Unavailable"
             }
            }
           }
          }
         },
         "webhooks": {
          "message.received": {
           "post": {
            "summary": "A message came in.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/MessageReceived"
               },
               "example": {
                "event": "message.received",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "message_id": "3EB0XXXXX",
                 "from": "968XXXXXXXX@s.whatsapp.net",
                 "from_name": "John Doe",
                 "type": "text",
                 "content": "Hello!",
                 "media_url": null,
                 "is_group": false,
                 "timestamp": "2026-02-27T10:00:00.000Z"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "message.sent": {
           "post": {
            "summary": "A message went out, by the API or typed on the phone.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/MessageSent"
               },
               "example": {
                "event": "message.sent",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "message_id": "3EB0XXXXX",
                 "to": "968XXXXXXXX@s.whatsapp.net",
                 "type": "text",
                 "content": "Hello!",
                 "status": "sent"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "message.status": {
           "post": {
            "summary": "A message of ours got further.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/MessageStatusEvent"
               },
               "example": {
                "event": "message.status",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "message_id": "3EB0XXXXX",
                 "remote_jid": "968XXXXXXXX@s.whatsapp.net",
                 "status": "delivered"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "connection.connected": {
           "post": {
            "summary": "The session is connected.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/Connected"
               },
               "example": {
                "event": "connection.connected",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "status": "connected",
                 "phone_number": "968XXXXXXXX",
                 "wa_name": "Your Name"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "connection.disconnected": {
           "post": {
            "summary": "The session is not connected any more.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/Disconnected"
               },
               "example": {
                "event": "connection.disconnected",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "status": "disconnected",
                 "reason": "logout"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "connection.qr_ready": {
           "post": {
            "summary": "A QR code is ready to be scanned.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/QRReady"
               },
               "example": {
                "event": "connection.qr_ready",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "status": "qr_ready",
                 "qr": "https://wa.me/settings/linked_devices#…"
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          },
          "call.incoming": {
           "post": {
            "summary": "Somebody calls.",
            "requestBody": {
             "content": {
              "application/json": {
               "schema": {
                "$ref": "#/components/schemas/CallIncoming"
               },
               "example": {
                "event": "call.incoming",
                "timestamp": "2026-02-27T10:00:00.000Z",
                "data": {
                 "from": "968XXXXXXXX@s.whatsapp.net",
                 "call_id": "CALL_ID_HERE",
                 "is_video": false
                }
               }
              }
             }
            },
            "responses": {
             "2XX": {
              "description": "Taken. Anything else is tried again."
             }
            }
           }
          }
         },
         "components": {
          "securitySchemes": {
           "key": {
            "type": "apiKey",
            "in": "header",
            "name": "X-API-Key"
           }
          },
          "parameters": {
           "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Your own name for this request, 1 to 128 printable ASCII characters. The same name with the same content within 24 hours is sent once, and gets the first answer again.",
            "schema": {
             "type": "string",
             "pattern": "^[!-~]([ -~]{0,126}[!-~])?$"
            }
           }
          },
          "headers": {
           "RetryAfter": {
            "description": "Seconds to wait before asking again.",
            "schema": {
             "type": "integer",
             "minimum": 1
            }
           },
           "RateLimitLimit": {
            "description": "Requests that the limit allows.",
            "schema": {
             "type": "integer"
            }
           },
           "RateLimitRemaining": {
            "description": "Requests left.",
            "schema": {
             "type": "integer"
            }
           },
           "RateLimitReset": {
            "description": "Seconds until it begins anew.",
            "schema": {
             "type": "integer"
            }
           }
          },
          "responses": {
           "BadRequest": {
            "description": "A field is missing or wrong; `error` names it. Or the request can not be read.",
            "x-codes": [
             "bad_request",
             "validation_failed"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              },
              "example": {
               "success": false,
               "message": "Invalid field: limit",
               "error": "`limit` is not valid; expected a whole number from 1 to 1000000000",
               "code": "validation_failed",
               "request_id": "0123456789abcdef"
              }
             }
            }
           },
           "Unauthorized": {
            "description": "No key, or one that is unknown, disabled or expired.",
            "x-codes": [
             "unauthorized"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              },
              "example": {
               "success": false,
               "message": "Invalid or missing API key",
               "error": "the header X-API-Key is missing",
               "code": "unauthorized",
               "request_id": "0123456789abcdef"
              }
             }
            }
           },
           "Forbidden": {
            "description": "The key lacks the permission, or may not be used from this address.",
            "x-codes": [
             "forbidden",
             "address_not_allowed"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "NoSuchMessage": {
            "description": "No such message in this session.",
            "x-codes": [
             "message_not_found",
             "not_found"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "TooLarge": {
            "description": "The body is larger than 1 MiB.",
            "x-codes": [
             "body_too_large"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "UnsupportedType": {
            "description": "The body is neither JSON nor form nor multipart.",
            "x-codes": [
             "unsupported_media_type"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "TooManyRequests": {
            "description": "A limit is used up.",
            "x-codes": [
             "rate_limited"
            ],
            "headers": {
             "Retry-After": {
              "$ref": "#/components/headers/RetryAfter"
             },
             "RateLimit-Limit": {
              "$ref": "#/components/headers/RateLimitLimit"
             },
             "RateLimit-Remaining": {
              "$ref": "#/components/headers/RateLimitRemaining"
             },
             "RateLimit-Reset": {
              "$ref": "#/components/headers/RateLimitReset"
             }
            },
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "InternalError": {
            "description": "Unexpected; the web server's log has the `request_id`.",
            "x-codes": [
             "internal_error"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "NotConfigured": {
            "description": "WA-Connect is not set up.",
            "x-codes": [
             "not_configured"
            ],
            "headers": {
             "Retry-After": {
              "$ref": "#/components/headers/RetryAfter"
             }
            },
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "Unavailable": {
            "description": "The database is not there or busy, or all who may wait do so already.",
            "x-codes": [
             "database_unavailable",
             "database_not_ready",
             "not_configured",
             "outcome_unknown",
             "busy"
            ],
            "headers": {
             "Retry-After": {
              "$ref": "#/components/headers/RetryAfter"
             }
            },
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "ConnectUnavailable": {
            "description": "The daemon does not run, or WhatsApp refused; `error` says what helps.",
            "x-codes": [
             "daemon_stopped",
             "logged_out",
             "banned",
             "replaced",
             "client_outdated",
             "passkey_required",
             "connection_lost",
             "bad_session",
             "pairing_failed",
             "wrong_server_key",
             "running_elsewhere",
             "database_unavailable",
             "database_not_ready",
             "not_configured",
             "outcome_unknown",
             "busy"
            ],
            "headers": {
             "Retry-After": {
              "$ref": "#/components/headers/RetryAfter"
             }
            },
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "Sent": {
            "description": "WhatsApp has it (`sent`), or it is on its way (`pending`).",
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/SendAnswer"
              },
              "example": {
               "success": true,
               "data": {
                "message_id": "3EB0XXXXX",
                "to": "968XXXXXXXX@s.whatsapp.net",
                "status": "sent",
                "timestamp": "2026-02-27T10:00:00.000Z"
               }
              }
             }
            }
           },
           "Queued": {
            "description": "Stored, to be sent at `send_at` or, with `queue`, when WhatsApp is connected.",
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/SendAnswer"
              },
              "example": {
               "success": true,
               "data": {
                "message_id": "3EB0XXXXX",
                "to": "968XXXXXXXX@s.whatsapp.net",
                "status": "pending",
                "timestamp": "2026-02-27T10:00:00.000Z"
               }
              }
             }
            }
           },
           "SendBadRequest": {
            "description": "A field is missing or wrong, `error` names it; or such a message can not be sent.",
            "x-codes": [
             "bad_request",
             "validation_failed",
             "invalid_message",
             "unsupported_recipient"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              },
              "example": {
               "success": false,
               "message": "Invalid field: to",
               "error": "`to` is missing; expected a phone number with country code such as 96812345678, or a JID ending in @s.whatsapp.net, @g.us or @lid",
               "code": "validation_failed",
               "request_id": "0123456789abcdef"
              }
             }
            }
           },
           "SendForbidden": {
            "description": "The key may not send, the recipient does not want it, or WhatsApp does not allow it.",
            "x-codes": [
             "forbidden",
             "address_not_allowed",
             "opted_out",
             "reach_out_timelock",
             "new_chats_capped",
             "not_allowed"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "NotOnWhatsApp": {
            "description": "The number has no WhatsApp account; nothing was sent.",
            "x-codes": [
             "not_on_whatsapp",
             "recipient_gone"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "Conflict": {
            "description": "The `Idempotency-Key` was used for something else, its first request is still being worked on, or that message was cancelled.",
            "x-codes": [
             "idempotency_conflict",
             "in_progress",
             "cancelled"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "SendFailed": {
            "description": "WhatsApp refused the message, or something unexpected happened; the `code` says which.",
            "x-codes": [
             "internal_error",
             "send_failed",
             "whatsapp_refused",
             "stanza_invalid",
             "stale_addressing"
            ],
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              }
             }
            }
           },
           "SendUnavailable": {
            "description": "WhatsApp is not connected, and nothing was stored. Or it takes no messages now.",
            "x-codes": [
             "not_connected",
             "daemon_stopped",
             "logged_out",
             "too_fast",
             "whatsapp_unavailable",
             "database_unavailable",
             "database_not_ready",
             "not_configured",
             "outcome_unknown",
             "busy"
            ],
            "headers": {
             "Retry-After": {
              "$ref": "#/components/headers/RetryAfter"
             }
            },
            "content": {
             "application/json": {
              "schema": {
               "$ref": "#/components/schemas/Error"
              },
              "example": {
               "success": false,
               "message": "WhatsApp is not connected",
               "error": "Service unavailable",
               "code": "not_connected",
               "request_id": "0123456789abcdef"
              }
             }
            }
           }
          },
          "schemas": {
           "Error": {
            "type": "object",
            "required": [
             "success",
             "message",
             "error",
             "code",
             "request_id"
            ],
            "properties": {
             "success": {
              "const": false
             },
             "message": {
              "type": "string",
              "description": "For people."
             },
             "error": {
              "type": "string",
              "description": "The detail: the field, the limit and the cure."
             },
             "code": {
              "type": "string",
              "pattern": "^[a-z0-9_]+$",
              "description": "For programs."
             },
             "request_id": {
              "type": "string",
              "description": "Stands in the log beside what went wrong."
             }
            }
           },
           "Time": {
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
           },
           "Moment": {
            "type": [
             "string",
             "null"
            ],
            "pattern": "^20[2-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?Z$"
           },
           "DateOrTime": {
            "type": "string",
            "pattern": "^20[2-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?Z)?$"
           },
           "Recipient": {
            "description": "A phone number with country code, as text or integer, or a JID of a person or group.",
            "type": [
             "string",
             "integer"
            ],
            "pattern": "^(\\+?[1-9][0-9]{6,14}|[1-9][0-9]{6,14}@s\\.whatsapp\\.net|[1-9][0-9]{9,17}(-[0-9]{10})?@g\\.us|[1-9][0-9]{8,14}@lid)$",
            "minimum": 1000000,
            "maximum": 999999999999999
           },
           "Health": {
            "type": "object",
            "required": [
             "success",
             "message",
             "timestamp"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "message": {
              "type": "string"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             }
            }
           },
           "User": {
            "type": [
             "object",
             "null"
            ],
            "required": [
             "id",
             "name"
            ],
            "properties": {
             "id": {
              "type": "string",
              "description": "The account's JID."
             },
             "name": {
              "type": [
               "string",
               "null"
              ]
             }
            }
           },
           "Session": {
            "type": "object",
            "required": [
             "status",
             "user",
             "connected_at",
             "reason",
             "last_seen_at",
             "daemon"
            ],
            "properties": {
             "status": {
              "type": "string",
              "enum": [
               "connected",
               "connecting",
               "qr_ready",
               "pairing_code",
               "disconnected"
              ]
             },
             "user": {
              "$ref": "#/components/schemas/User"
             },
             "connected_at": {
              "anyOf": [
               {
                "$ref": "#/components/schemas/Time"
               },
               {
                "type": "null"
               }
              ]
             },
             "reason": {
              "description": "Why it is not connected.",
              "enum": [
               "logged_out",
               "banned",
               "replaced",
               "client_outdated",
               "passkey_required",
               "manual",
               "connection_lost",
               "bad_session",
               "daemon_stopped",
               "qr_expired",
               "pairing_failed",
               "wrong_server_key",
               "running_elsewhere",
               null
              ]
             },
             "last_seen_at": {
              "description": "When WhatsApp was last heard.",
              "anyOf": [
               {
                "$ref": "#/components/schemas/Time"
               },
               {
                "type": "null"
               }
              ]
             },
             "daemon": {
              "type": "string",
              "enum": [
               "running",
               "stopped"
              ]
             }
            }
           },
           "SessionAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "$ref": "#/components/schemas/Session"
             }
            }
           },
           "Connect": {
            "type": "object",
            "properties": {
             "phone": {
              "description": "The account's number: asks for a code to type instead of a QR code.",
              "type": [
               "string",
               "integer",
               "null"
              ],
              "pattern": "^\\+?[1-9][0-9]{6,14}$",
              "minimum": 1000000,
              "maximum": 999999999999999
             }
            }
           },
           "ConnectAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "type": "object",
              "required": [
               "status"
              ],
              "properties": {
               "status": {
                "type": "string",
                "enum": [
                 "connected",
                 "connecting",
                 "qr_ready",
                 "pairing_code"
                ]
               },
               "message": {
                "type": "string",
                "description": "With `connecting`."
               },
               "qr": {
                "type": "string",
                "description": "With `qr_ready`: the text of the QR symbol."
               },
               "qr_image": {
                "type": [
                 "string",
                 "null"
                ],
                "description": "With `qr_ready`: a `data:` URI of a PNG."
               },
               "expires_at": {
                "$ref": "#/components/schemas/Time"
               },
               "pairing_code": {
                "type": "string",
                "description": "With `pairing_code`.",
                "pattern": "^[0-9A-Z]{4}-[0-9A-Z]{4}$"
               },
               "user": {
                "$ref": "#/components/schemas/User"
               },
               "connected_at": {
                "anyOf": [
                 {
                  "$ref": "#/components/schemas/Time"
                 },
                 {
                  "type": "null"
                 }
                ]
               }
              }
             }
            }
           },
           "Logout": {
            "type": "object",
            "properties": {
             "purge": {
              "type": [
               "boolean",
               "null"
              ],
              "description": "Deletes the session's log and contacts as well."
             }
            }
           },
           "SessionEndAnswer": {
            "type": "object",
            "required": [
             "success",
             "data",
             "message"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "type": "object",
              "description": "Additional to the reference; the session as it stands now.",
              "required": [
               "status",
               "daemon"
              ],
              "properties": {
               "status": {
                "type": "string",
                "enum": [
                 "connected",
                 "connecting",
                 "qr_ready",
                 "pairing_code",
                 "disconnected"
                ]
               },
               "user": {
                "$ref": "#/components/schemas/User"
               },
               "connected_at": {
                "anyOf": [
                 {
                  "$ref": "#/components/schemas/Time"
                 },
                 {
                  "type": "null"
                 }
                ]
               },
               "reason": {
                "type": [
                 "string",
                 "null"
                ]
               },
               "last_seen_at": {
                "anyOf": [
                 {
                  "$ref": "#/components/schemas/Time"
                 },
                 {
                  "type": "null"
                 }
                ]
               },
               "daemon": {
                "type": "string",
                "enum": [
                 "running",
                 "stopped"
                ]
               }
              }
             },
             "message": {
              "type": "string"
             }
            }
           },
           "SendText": {
            "type": "object",
            "required": [
             "to",
             "message"
            ],
            "properties": {
             "to": {
              "$ref": "#/components/schemas/Recipient"
             },
             "message": {
              "type": "string",
              "minLength": 1,
              "maxLength": 65536,
              "pattern": "[!-~]",
              "description": "The text, up to 65,536 characters."
             },
             "queue": {
              "type": [
               "boolean",
               "null"
              ],
              "description": "May wait while WhatsApp is not connected."
             },
             "send_at": {
              "$ref": "#/components/schemas/Moment",
              "description": "Not before this time, UTC."
             }
            }
           },
           "SendAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "type": "object",
              "required": [
               "message_id",
               "to",
               "status",
               "timestamp"
              ],
              "properties": {
               "message_id": {
                "type": [
                 "string",
                 "null"
                ]
               },
               "to": {
                "type": "string",
                "description": "The recipient's JID."
               },
               "status": {
                "type": "string",
                "enum": [
                 "sent",
                 "pending"
                ]
               },
               "timestamp": {
                "$ref": "#/components/schemas/Time"
               }
              }
             }
            }
           },
           "Message": {
            "type": "object",
            "required": [
             "id",
             "message_id",
             "remote_jid",
             "remote_name",
             "direction",
             "message_type",
             "content",
             "status",
             "created_at"
            ],
            "properties": {
             "id": {
              "type": "integer"
             },
             "message_id": {
              "type": "string"
             },
             "remote_jid": {
              "type": "string",
              "description": "The chat: a person or a group."
             },
             "remote_name": {
              "type": [
               "string",
               "null"
              ]
             },
             "direction": {
              "type": "string",
              "enum": [
               "inbound",
               "outbound"
              ]
             },
             "message_type": {
              "type": "string",
              "enum": [
               "text",
               "image",
               "document",
               "video",
               "audio",
               "location",
               "contact",
               "sticker",
               "reaction",
               "poll",
               "other"
              ]
             },
             "content": {
              "type": [
               "string",
               "null"
              ]
             },
             "status": {
              "type": "string",
              "enum": [
               "pending",
               "sent",
               "delivered",
               "read",
               "failed",
               "received"
              ]
             },
             "created_at": {
              "$ref": "#/components/schemas/Time"
             }
            }
           },
           "MessageAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "$ref": "#/components/schemas/Message"
             }
            }
           },
           "Pagination": {
            "type": "object",
            "required": [
             "page",
             "limit",
             "total",
             "totalPages"
            ],
            "properties": {
             "page": {
              "type": "integer"
             },
             "limit": {
              "type": "integer"
             },
             "total": {
              "type": "integer"
             },
             "totalPages": {
              "type": "integer"
             }
            }
           },
           "LogAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "type": "object",
              "required": [
               "messages",
               "pagination"
              ],
              "properties": {
               "messages": {
                "type": "array",
                "items": {
                 "$ref": "#/components/schemas/Message"
                }
               },
               "pagination": {
                "$ref": "#/components/schemas/Pagination"
               }
              }
             },
             "message": {
              "type": "string",
              "description": "Where `limit` was lowered."
             }
            }
           },
           "PageAnswer": {
            "type": "object",
            "required": [
             "success",
             "data"
            ],
            "properties": {
             "success": {
              "const": true
             },
             "data": {
              "type": "object",
              "required": [
               "key",
               "session",
               "expires_at"
              ],
              "properties": {
               "key": {
                "type": "string"
               },
               "session": {
                "type": "string"
               },
               "expires_at": {
                "anyOf": [
                 {
                  "$ref": "#/components/schemas/Time"
                 },
                 {
                  "type": "null"
                 }
                ]
               }
              }
             }
            }
           },
           "MessageReceived": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "message.received"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "message_id",
               "from",
               "from_name",
               "type",
               "content",
               "media_url",
               "is_group",
               "timestamp"
              ],
              "properties": {
               "message_id": {
                "type": "string"
               },
               "from": {
                "type": "string",
                "description": "The chat: the sender, or the group."
               },
               "from_name": {
                "type": [
                 "string",
                 "null"
                ]
               },
               "type": {
                "type": "string",
                "enum": [
                 "text",
                 "image",
                 "document",
                 "video",
                 "audio",
                 "location",
                 "contact",
                 "sticker",
                 "reaction",
                 "poll",
                 "other"
                ]
               },
               "content": {
                "type": [
                 "string",
                 "null"
                ]
               },
               "media_url": {
                "type": [
                 "string",
                 "null"
                ],
                "description": "A link to the file on this host."
               },
               "is_group": {
                "type": "boolean"
               },
               "timestamp": {
                "$ref": "#/components/schemas/Time"
               },
               "lid": {
                "type": "string",
                "description": "The sender's LID, where WhatsApp used one."
               },
               "participant": {
                "type": "string",
                "description": "Who wrote, in a group."
               },
               "participant_phone": {
                "type": "string"
               }
              }
             }
            }
           },
           "MessageSent": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "message.sent"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "message_id",
               "to",
               "type",
               "content",
               "status"
              ],
              "properties": {
               "message_id": {
                "type": "string"
               },
               "to": {
                "type": "string"
               },
               "type": {
                "type": "string",
                "enum": [
                 "text",
                 "image",
                 "document",
                 "video",
                 "audio",
                 "location",
                 "contact",
                 "sticker",
                 "reaction",
                 "poll",
                 "other"
                ]
               },
               "content": {
                "type": [
                 "string",
                 "null"
                ]
               },
               "status": {
                "const": "sent"
               },
               "source": {
                "const": "phone",
                "description": "Only where it was typed on the phone."
               }
              }
             }
            }
           },
           "MessageStatusEvent": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "message.status"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "message_id",
               "remote_jid",
               "status"
              ],
              "properties": {
               "message_id": {
                "type": "string"
               },
               "remote_jid": {
                "type": "string"
               },
               "status": {
                "type": "string",
                "enum": [
                 "sent",
                 "delivered",
                 "read",
                 "failed"
                ]
               },
               "error": {
                "type": "string",
                "description": "With `failed`: why."
               }
              }
             }
            }
           },
           "Connected": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "connection.connected"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "status",
               "phone_number",
               "wa_name"
              ],
              "properties": {
               "status": {
                "const": "connected"
               },
               "phone_number": {
                "type": "string"
               },
               "wa_name": {
                "type": [
                 "string",
                 "null"
                ]
               }
              }
             }
            }
           },
           "Disconnected": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "connection.disconnected"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "status",
               "reason"
              ],
              "properties": {
               "status": {
                "const": "disconnected"
               },
               "reason": {
                "type": "string",
                "enum": [
                 "logout",
                 "manual",
                 "connection_lost",
                 "connection_replaced",
                 "banned",
                 "client_outdated",
                 "bad_session",
                 "daemon_stopped"
                ]
               }
              }
             }
            }
           },
           "QRReady": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "connection.qr_ready"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "status",
               "qr"
              ],
              "properties": {
               "status": {
                "const": "qr_ready"
               },
               "qr": {
                "type": "string"
               }
              }
             }
            }
           },
           "CallIncoming": {
            "type": "object",
            "required": [
             "event",
             "timestamp",
             "data"
            ],
            "properties": {
             "event": {
              "const": "call.incoming"
             },
             "timestamp": {
              "$ref": "#/components/schemas/Time"
             },
             "data": {
              "type": "object",
              "required": [
               "from",
               "call_id",
               "is_video"
              ],
              "properties": {
               "from": {
                "type": "string"
               },
               "call_id": {
                "type": "string"
               },
               "is_video": {
                "type": "boolean"
               }
              }
             }
            }
           }
          }
         },
         "x-codes": {
          "bad_request": "The body, path or query can not be read; `error` says where.",
          "validation_failed": "A field is missing or wrong; `error` names it and what was expected.",
          "invalid_message": "The message can not be sent as it is.",
          "unsupported_recipient": "Messages can not be sent to such an address.",
          "unauthorized": "Check the key.",
          "forbidden": "The key lacks the permission that `error` names.",
          "address_not_allowed": "The key may be used from other addresses only.",
          "opted_out": "The number stands in `wa_opt_outs`. Leave it alone.",
          "reach_out_timelock": "WhatsApp does not let this account write to strangers for now. Wait; let people write first.",
          "new_chats_capped": "WhatsApp limits how many new chats this account may begin. Wait.",
          "not_allowed": "WhatsApp does not allow it; in a group, not a member or only admins may write.",
          "not_found": "No such path.",
          "message_not_found": "No such message in this session.",
          "not_on_whatsapp": "No WhatsApp account with that number.",
          "recipient_gone": "The account or group does not exist any more.",
          "method_not_allowed": "The path answers the methods in `Allow`.",
          "idempotency_conflict": "Use another `Idempotency-Key` for another message.",
          "in_progress": "Ask again in a moment.",
          "cancelled": "The message was taken back before it was sent.",
          "body_too_large": "Send media by URL or as multipart.",
          "unsupported_media_type": "Send JSON, form or multipart.",
          "rate_limited": "Wait as long as `Retry-After` says.",
          "internal_error": "A defect; the web server's log has the `request_id`.",
          "send_failed": "The message was not sent; `error` says why.",
          "whatsapp_refused": "WhatsApp refused the message.",
          "stanza_invalid": "WhatsApp did not understand the message.",
          "stale_addressing": "WhatsApp addresses this chat in another way; try again.",
          "not_connected": "Link the phone, or wait for the connection; nothing was stored.",
          "daemon_stopped": "Start the daemon with `wa-connect ensure`; nothing was stored.",
          "logged_out": "The phone was unlinked; link it again.",
          "banned": "WhatsApp has banned the account.",
          "replaced": "Another connection took this one's place.",
          "client_outdated": "WhatsApp refuses this version; update WA-Connect.",
          "passkey_required": "The account asks for a passkey, which a linked device can not give.",
          "connection_lost": "WhatsApp can not be reached from this host.",
          "bad_session": "The link is broken; link the phone again.",
          "pairing_failed": "The phone did not finish linking; ask again.",
          "wrong_server_key": "The server could not prove to be WhatsApp.",
          "running_elsewhere": "Another installation runs this session.",
          "too_fast": "WhatsApp asks to send more slowly.",
          "whatsapp_unavailable": "WhatsApp takes no messages now.",
          "database_unavailable": "The database can not be reached or is busy; try again.",
          "database_not_ready": "Run `wa-connect migrate`.",
          "not_configured": "The configuration is missing or has a mistake.",
          "outcome_unknown": "It may have been accepted; repeat with the same `Idempotency-Key`.",
          "busy": "Too many requests are waiting; try again."
         }
        }
        """##
}
