"use strict";

const box = document.getElementById("health");

fetch("/api/v1/health")
  .then((reply) => reply.json())
  .then(({ data }) => {
    box.textContent = `The node is ${data.status}. Network: ${data.network}.`;
    for (const { part, subject, reason } of data.reasons) {
      const line = document.createElement("div");
      line.textContent = `${part} ${subject}: ${reason}`;
      box.append(line);
    }
    box.classList.toggle("development", data.developmentNetwork);
  })
  .catch(() => {
    box.textContent = "The node does not answer.";
    box.classList.add("down");
  });
